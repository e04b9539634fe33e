"""What the engine is told about a case, taken from the case file."""

from __future__ import annotations

from cases.intake.catalogue import closing_methods, party_roles
from cases.intake.models import Case, PartyKind, RepresentativeKind, Secrecy
from publicity.redaction.types import LEGAL, NATURAL, CaseFacts, PartyFact

AGENT_ROLES = {
    RepresentativeKind.LAWYER: "律师",
    RepresentativeKind.DEFENDER: "辩护人",
    RepresentativeKind.LEGAL_SERVICE: "律师",
    RepresentativeKind.STATUTORY: "法定代理人",
    RepresentativeKind.RELATIVE: "近亲属代理人",
    RepresentativeKind.STAFF: "委托代理人",
    RepresentativeKind.RECOMMENDED: "委托代理人",
}


def facts_of(case: Case) -> CaseFacts:
    """Type, cause, parties with aliases and minority, representatives, secrecy and the way the case was closed."""
    roles = party_roles()
    parties: list[PartyFact] = []
    for party in case.parties.prefetch_related("representatives"):
        kind = NATURAL if party.kind == PartyKind.NATURAL else LEGAL
        role = roles[party.role].zh if party.role in roles else party.role
        minor = True if party.is_minor else None
        parties.append(PartyFact(party.name, role, kind, minor, tuple(_words(party.aliases))))
        parties += [PartyFact(agent.name, AGENT_ROLES[agent.kind], NATURAL) for agent in party.representatives.all()]
        if party.legal_representative:
            parties.append(PartyFact(party.legal_representative, "法定代表人", NATURAL))
    method = closing_methods().get(case.closing_method)
    return CaseFacts(
        case_type=case.category if case.category != "compensation" else "赔偿",
        cause=case.cause,
        number=case.number,
        parties=tuple(parties),
        secret_level="" if case.secrecy == Secrecy.NONE else str(case.get_secrecy_display()),
        closing=method.zh if method else "",
    )


def _words(aliases: object) -> list[str]:
    return [str(alias) for alias in aliases] if isinstance(aliases, list) else []
