"""Cases that may be the same as the one being filed: same parties, same cause."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from cases.intake import identity, names, titles
from cases.intake.drafts import CaseDraft
from cases.intake.fieldcrypt import digest
from cases.intake.models import Case, Party
from courtcms.courts.models import Court

MOST_SHOWN = 5


@dataclass(frozen=True)
class Duplicate:
    """A case that resembles the draft; `same` counts what agrees (claimants, answerers, cause, type)."""

    case: Case
    same_claimant: bool
    same_answerer: bool
    same_cause: bool
    same_type: bool

    @property
    def same(self) -> int:
        """How many of the four agree."""
        return sum((self.same_claimant, self.same_answerer, self.same_cause, self.same_type))

    @property
    def certain(self) -> bool:
        """Same parties on both sides and the same cause: registering it needs a reason."""
        return self.same_claimant and self.same_answerer and self.same_cause and self.same_type


def _keys(draft: CaseDraft, roles: tuple[str, ...]) -> tuple[set[str], set[str]]:
    folded, digests = set(), set()
    for party in draft.parties:
        if party.role in roles and party.name:
            folded.add(fold(party.name))
            number = identity.normalise(party.identity_number)
            if number:
                digests.add(digest(party.identity_kind, number))
    return folded, digests


def fold(name: str) -> str:
    """The form in which names are compared: normal form, without blanks, lower case."""
    return names.normalise_name(name).replace(" ", "").lower()


def possible_duplicates(court: Court, draft: CaseDraft) -> list[Duplicate]:
    """Open and closed cases of the court that share a party with the draft on each side, the likeliest first."""
    asking_names, asking_digests = _keys(draft, titles.ACTIVE)
    answering_names, answering_digests = _keys(draft, titles.PASSIVE)
    if not answering_names or not (asking_names or asking_digests):
        return []
    asking = Q(name_folded__in=asking_names) | Q(identity_digest__in=asking_digests)
    answering = Q(name_folded__in=answering_names) | Q(identity_digest__in=answering_digests)
    first = Party.objects.filter(asking, role__in=titles.ACTIVE).values("case")
    second = Party.objects.filter(answering, role__in=titles.PASSIVE).values("case")
    found = Case.objects.filter(court=court, pk__in=first).filter(pk__in=second).order_by("-filed_on", "-id")[:20]
    same = [
        Duplicate(case, True, True, case.cause_code == draft.cause_code, case.type_code == draft.type_code)
        for case in found.select_related("division", "judge")
    ]
    return sorted(same, key=lambda duplicate: -duplicate.same)[:MOST_SHOWN]
