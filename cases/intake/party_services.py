"""Acts on the parties of a registered case: add one, enter another name, correct a spelling. Nothing is erased."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.intake import catalogue, names, titles
from cases.intake.checks import check_party, say
from cases.intake.drafts import PartyDraft
from cases.intake.duplicates import fold
from cases.intake.events import PartiesChanged
from cases.intake.models import Case, CaseStatus, Party
from cases.intake.party_models import AliasKind, ChangeKind, PartyChange
from cases.intake.policy import require_in_scope
from cases.intake.services import write_party
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock

PERMISSION = "cases.parties"
LONGEST_NAME = 200
LONGEST_REASON = 300
#: one character as another name would be found everywhere in a judgment
SHORTEST_ALIAS = 2
FIRST = "parties-0-"


def add_party(
    *, actor: Any, case: Case, draft: PartyDraft, ground: str, decided_on: date | None, reason: str = ""
) -> Party:
    """Add a party to an open or closed case (民事诉讼法 59, 135). Publishes PartiesChanged.

    `ground` is a key of `party_grounds.tsv`, `decided_on` the day of the notice or leave. The draft is checked as at
    filing. Raises Refusal with all reasons under the field names of a draft without their prefix, Conflict when the
    case was cancelled or the party is in it already.
    """
    require(actor, PERMISSION)
    require_in_scope(case, actor)
    reasons = Reasons()
    _check_draft(draft, reasons)
    _check_ground(case, ground, decided_on, reasons)
    _check_reason(reason, reasons, wanted=False)
    reasons.refuse()
    if decided_on is None:
        raise ValueError("refused above")
    basis = catalogue.party_grounds()[ground].article
    with act(
        actor=actor, verb="case.party_add", permission=PERMISSION, case_id=case.pk, reason=reason.strip(), basis=basis
    ) as entry:
        case = _held(case)
        there = list(case.parties.all())
        _check_twice(there, draft.role, names.normalise_name(draft.name))
        entry.before = {"title": case.title, "parties": len(there)}
        party = write_party(case, max((one.position for one in there), default=-1) + 1, draft)
        _describe_anew(case)
        entry.target = party
        entry.after = {
            "title": case.title, "parties": len(there) + 1, "role": party.role, "kind": party.kind, "name": party.name,
            "aliases": party.aliases, "identity": party.identity_masked, "address": party.address, "ground": ground,
            "decided_on": decided_on,
        }  # fmt: skip
        _keep(ChangeKind.ADDED, party, actor, after=party.name, ground=ground, decided_on=decided_on, reason=reason)
        publish(PartiesChanged(case_id=case.pk))
    return party


def add_alias(*, actor: Any, party: Party, name: str, kind: str, reason: str = "") -> Party:
    """Enter another name of a party (曾用名、别名、简称、外文名). Publishes PartiesChanged.

    Raises Refusal with all reasons, Conflict when the case was cancelled or the name is known already.
    """
    require(actor, PERMISSION)
    require_in_scope(party.case, actor)
    alias = names.normalise_name(name)
    reasons = Reasons()
    _check_alias(alias, "name", reasons)
    if kind not in AliasKind.values:
        reasons.add(_("未选是哪一种名称"), field="kind", code="alias_kind")
    _check_reason(reason, reasons, wanted=False)
    reasons.refuse()
    with act(
        actor=actor, verb="case.party_alias", permission=PERMISSION, case_id=party.case_id, reason=reason.strip()
    ) as entry:
        case, party = _held_party(party)
        if fold(alias) in {fold(known) for known in (party.name, *party.aliases)}:
            raise Conflict(Reason(_("该名称已经登记"), field="name", code="alias_known"))
        entry.target, entry.before = party, {"aliases": list(party.aliases)}
        party.aliases = [*party.aliases, alias]
        party.save(update_fields=["aliases"])
        _describe_anew(case)
        entry.after = {"aliases": party.aliases, "kind": kind}
        _keep(ChangeKind.ALIAS, party, actor, after=alias, alias_kind=kind, reason=reason)
        publish(PartiesChanged(case_id=case.pk))
    return party


def correct_name(*, actor: Any, party: Party, name: str, reason: str) -> Party:
    """Correct the spelling of a party's name; the old spelling stays as another name. Publishes PartiesChanged.

    Papers that were written under the old spelling are thus still found by search and by the redaction. Raises Refusal
    with all reasons, Conflict when the case was cancelled or another party of the position bears the name.
    """
    require(actor, PERMISSION)
    require_in_scope(party.case, actor)
    wanted = names.normalise_name(name)
    natural = party.kind == "natural"
    reasons = Reasons()
    for finding in names.check_person_name(wanted) if natural else names.check_organisation_name(wanted):
        reasons.add(say(finding), field="name", code=finding.code)
    if wanted == party.name:
        reasons.add(_("与现在的写法相同"), field="name", code="name_same")
    _check_reason(reason, reasons, wanted=True)
    reasons.refuse()
    with act(
        actor=actor, verb="case.party_rename", permission=PERMISSION, case_id=party.case_id, reason=reason.strip()
    ) as entry:
        case, party = _held_party(party)
        if wanted == party.name:
            raise Conflict(Reason(_("与现在的写法相同"), field="name", code="name_same"))
        _check_twice(case.parties.exclude(pk=party.pk), party.role, wanted)
        old = party.name
        entry.target = party
        entry.before = {"name": old, "aliases": list(party.aliases), "title": case.title}
        party.name, party.name_folded = wanted, fold(wanted)
        party.name_pinyin = names.sort_key(wanted, natural)[:300]
        party.aliases = [*party.aliases, *([] if old in party.aliases else [old])]
        party.save(update_fields=["name", "name_folded", "name_pinyin", "aliases"])
        _describe_anew(case)
        entry.after = {"name": wanted, "aliases": party.aliases, "title": case.title}
        _keep(ChangeKind.RENAMED, party, actor, before=old, after=wanted, reason=reason)
        publish(PartiesChanged(case_id=case.pk))
    return party


def _check_draft(draft: PartyDraft, reasons: Reasons) -> None:
    """As at filing, under the field names of a form of one party; other names as by themselves."""
    found = Reasons()
    check_party(draft, 0, clock.today(), found)
    for one in found.found:
        field = one.field.removeprefix(FIRST)
        reasons.add(one.message, field=field, code=one.code, article=one.article, remedy=one.remedy)
    if draft.kind not in ("natural", "legal", "organisation"):
        reasons.add(_("未选类别"), field="kind", code="kind")
    for alias in draft.aliases:
        _check_alias(alias, "aliases", reasons)
    folded = [fold(one) for one in (draft.name, *draft.aliases)]
    if draft.aliases and len(set(folded)) < len(folded):
        reasons.add(_("同一名称填了两次"), field="aliases", code="alias_known")


def _check_alias(alias: str, field: str, reasons: Reasons) -> None:
    if not alias:
        reasons.add(_("未填名称"), field=field, code="name_missing")
        return
    if len(alias) < SHORTEST_ALIAS:
        reasons.add(_("名称只有一个字，会与正文中的其他字混淆"), field=field, code="alias_short")
    if len(alias) > LONGEST_NAME:
        reasons.add(_("名称超过 %(n)s 个字符") % {"n": LONGEST_NAME}, field=field, code="name_long")
    if any(unicodedata.category(character) in ("Co", "Cn", "Cc") for character in alias):
        reasons.add(_("名称含有自造字或控制字符，请改用国家标准收录的字"), field=field, code="name_private")
    if names.HAN.search(alias) and names.MASKED.search(alias):
        text = _("姓名像是隐去后的写法（某、×），登记时须用真实姓名")
        reasons.add(text, field=field, code="name_masked")


def _check_ground(case: Case, ground: str, decided_on: date | None, reasons: Reasons) -> None:
    found = catalogue.party_grounds().get(ground)
    if found is None or not found.fits(case.case_type):
        reasons.add(_("未选追加的事由，或者所选事由不适用于这种案件"), field="ground", code="ground")
    if decided_on is None:
        reasons.add(_("未填准许或者通知之日"), field="decided_on", code="decided_missing")
    elif decided_on > clock.today():
        reasons.add(_("准许或者通知之日不能晚于今天"), field="decided_on", code="decided_future")
    elif decided_on < case.filed_on:
        text = _("日期早于立案日 %(day)s") % {"day": case.filed_on.isoformat()}
        reasons.add(text, field="decided_on", code="before_filing")


def _check_reason(reason: str, reasons: Reasons, *, wanted: bool) -> None:
    if wanted and not reason.strip():
        reasons.add(_("更正须写明理由"), field="reason", code="reason_missing")
    if len(reason) > LONGEST_REASON:
        reasons.add(_("理由超过 %(n)s 字") % {"n": LONGEST_REASON}, field="reason", code="reason_long")


def _check_twice(others: Any, role: str, name: str) -> None:
    if any(other.role == role and fold(name) == fold(other.name) for other in others):
        raise Conflict(Reason(_("本案已有同一地位、同一名称的当事人"), field="name", code="party_twice"))


def _held(case: Case) -> Case:
    """The case, locked until the act ends; one that was cancelled takes no change."""
    case = lock(Case.objects.all(), [case.pk])[0]
    if case.status == CaseStatus.CANCELLED:
        raise Conflict(Reason(_("案件已经销案"), code="cancelled"))
    return case


def _held_party(party: Party) -> tuple[Case, Party]:
    case = _held(party.case)
    return case, Party.objects.get(pk=party.pk)


def _describe_anew(case: Case) -> None:
    """Title and search text by the parties as they stand now; other names are found too."""
    cause = catalogue.causes().get(case.cause_code)
    parties = list(case.parties.all())
    people = [(name, one.kind == "natural") for one in parties for name in (one.name, *one.aliases)]
    case.title = titles.case_title(case.case_type, [(one.role, one.name) for one in parties], case.cause)
    case.search_text = titles.search_text(case.number, case.cause, cause.en if cause else "", people, case.lower_number)
    case.search_grams = titles.grams(case.search_text)
    case.save(update_fields=["title", "search_text", "search_grams"])


def _keep(kind: str, party: Party, actor: Any, **fields: Any) -> None:
    fields["reason"] = fields.get("reason", "").strip()
    fields.setdefault("decided_on", clock.today())
    PartyChange.objects.create(
        case_id=party.case_id, party=party, kind=kind, role=party.role, made_by=actor, made_at=clock.now(), **fields
    )
