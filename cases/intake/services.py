"""Acts of the registry: register a case, close it, note custody. Who sits is in `bench_services`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.intake import catalogue, identity, names, titles
from cases.intake.bench_services import (
    assign_judge,
    explain,
    hold,
    reassign_judge,
    recuse,
    rotate,
    seat,
    step_rows,
)
from cases.intake.drafts import CaseDraft, PartyDraft
from cases.intake.duplicates import fold
from cases.intake.events import CaseClosed, CaseRegistered, CustodyChanged
from cases.intake.fieldcrypt import digest, encrypt
from cases.intake.models import Case, CaseStatus, Party, Representative
from cases.intake.number_repair import parse
from cases.intake.numbering import allot, take
from cases.intake.numbers import compose
from cases.intake.policy import require_in_scope
from cases.intake.register_models import AllocationMode, CaseLink, LinkKind, Recusal, RecusalGround
from cases.intake.review import check_duplicates, review_draft
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.courts.models import Court, Division
from courtcms.courts.selectors import this_court

__all__ = ["assign_judge", "close_case", "reassign_judge", "recuse", "register_case", "review_draft", "set_custody"]


def register_case(
    *, actor: Any, draft: CaseDraft, court: Court | None = None, permission: str = "cases.register"
) -> Case:
    """File a case: check, allot the number, write case, parties and bench, tell the higher rooms. One transaction.

    Raises Refusal with every reason at once (form errors under the draft's field names), NotAllowed without the
    permission. Duplicates (same parties, cause and type) are refused until `duplicate_note` says why it is none.
    """
    require(actor, permission)
    court = court or this_court()
    review = review_draft(draft, court)
    review.reasons.refuse()
    division, judge, recused = review.division, review.judge, review.recused
    with act(actor=actor, verb="case.register", permission=permission, reason=draft.duplicate_note) as entry:
        hold(division)
        meanwhile = Reasons()
        check_duplicates(court, draft, meanwhile)  # somebody may have filed the same while this one was reviewed
        meanwhile.refuse(Conflict)
        outcome = None if judge else rotate(division, recused)
        if outcome is not None and outcome.chosen is None:
            remedy = explain(step_rows(outcome))
            raise Conflict(Reason(_("本庭没有可以收案的法官"), field="division", code="nobody", remedy=remedy))
        case = _write(draft, court, division, actor)
        steps = step_rows(outcome) if outcome else []
        mode = AllocationMode.MANUAL if judge else AllocationMode.ROTATION
        seat(
            case, judge.pk if judge else outcome.chosen, actor=actor, mode=mode, reason=draft.assign_reason, steps=steps
        )
        entry.target, entry.case_id = case, case.pk
        entry.after = {"number": case.number, "type": case.type_code, "cause": case.cause, "judge": case.judge_id}
        publish(CaseRegistered(case_id=case.pk))
        if case.in_custody:
            publish(CustodyChanged(case_id=case.pk, in_custody=True))
    return case


def _write(draft: CaseDraft, court: Court, division: Division, actor: Any) -> Case:
    case_type = catalogue.case_types()[draft.type_code]
    cause = catalogue.causes()[draft.cause_code]
    year = draft.filed_on.year
    given = int(parse(draft.number).seq) if draft.number else 0
    sequence = take(court, year, case_type, given) if given else allot(court, year, case_type)
    number = compose(year, court.code, case_type.mark, sequence)
    name = draft.cause_text.strip() or cause.zh
    pairs = [(party.role, names.normalise_name(party.name)) for party in draft.parties]
    people = [(party.name, party.kind == "natural") for party in draft.parties]
    text = titles.search_text(number, name, cause.en, people, draft.lower_number)
    case = Case.objects.create(
        court=court, year=year, type_code=case_type.code, type_mark=case_type.mark, sequence=sequence, number=number,
        category=case_type.category, procedure=draft.procedure or case_type.procedure_keys[0], cause_code=cause.code,
        cause=name, title=titles.case_title(case_type, pairs, name), division=division, filed_on=draft.filed_on,
        received_on=draft.received_on, amount=draft.amount, claims=draft.claims, secrecy=draft.secrecy,
        in_custody=draft.in_custody, custody_changed_on=draft.custody_since if draft.in_custody else None,
        lower_number=parse(draft.lower_number).text if draft.lower_number else "",
        duplicate_note=draft.duplicate_note.strip(), search_text=text, search_grams=titles.grams(text),
    )  # fmt: skip
    for position, party in enumerate(draft.parties):
        write_party(case, position, party)
    _write_links(case, court, draft)
    _write_recusals(case, draft, actor)
    return case


def write_party(case: Case, position: int, draft: PartyDraft) -> Party:
    """Write a party with its representatives; inside an act. The document number is kept encrypted."""
    natural = draft.kind == "natural"
    name = names.normalise_name(draft.name)
    number = draft.identity_number
    checked = identity.check(draft.identity_kind, number, clock.today()) if number else identity.Checked("")
    born_on = draft.born_on or checked.born_on
    party = Party.objects.create(
        case=case, role=draft.role, kind=draft.kind, name=name, name_folded=fold(name), aliases=list(draft.aliases),
        name_pinyin=names.sort_key(name, natural)[:300], identity_kind=draft.identity_kind if number else "",
        identity_encrypted=encrypt(checked.number), identity_digest=digest(draft.identity_kind, checked.number),
        identity_masked=identity.mask(checked.number), born_on=born_on if natural else None, gender=checked.sex,
        address=draft.address.strip(), phone=draft.phone.strip(),
        legal_representative=draft.legal_representative.strip(),
        whereabouts_unknown=draft.whereabouts_unknown, position=position,
        is_minor=bool(natural and born_on and identity.age_on(born_on, case.filed_on) < 18),
    )  # fmt: skip
    Representative.objects.bulk_create(
        Representative(
            party=party,
            kind=item.kind,
            name=names.normalise_name(item.name),
            firm=item.firm.strip(),
            licence=item.licence.strip(),
            position=place,
        )  # fmt: skip
        for place, item in enumerate(draft.representatives)
    )
    return party


def _write_links(case: Case, court: Court, draft: CaseDraft) -> None:
    wanted = [(LinkKind.LOWER, draft.lower_number)] if draft.lower_number else []
    wanted += [(link.kind, link.number) for link in draft.links if link.number]
    written = set()
    for kind, original in wanted:
        number = parse(original)
        if (kind, number.text) in written:
            continue
        written.add((kind, number.text))
        other = Case.objects.filter(Q(number=number.text), ~Q(pk=case.pk)).order_by("pk").first()
        CaseLink.objects.create(
            case=case, other=other, kind=kind, number=number.text[:80], original=original[:120],
            irregularities=list(number.irregularities),
        )  # fmt: skip


def _write_recusals(case: Case, draft: CaseDraft, actor: Any) -> None:
    for item in draft.recusals:
        ground = item.ground if item.ground in RecusalGround.values else RecusalGround.OTHER_RELATION
        Recusal.objects.create(
            case=case,
            user_id=item.user_id,
            ground=ground,
            reason=item.reason,
            decided_on=clock.today(),
            decided_by=actor,
        )


def close_case(*, actor: Any, case: Case, method: str, closed_on: date, note: str = "") -> Case:
    """Close an open case by a closing method of its type (key `group:order`). Publishes CaseClosed.

    Raises Refusal with all reasons, Conflict when the case is not open any more.
    """
    require(actor, "cases.close")
    require_in_scope(case, actor)
    reasons = Reasons()
    if method not in {item.code for item in catalogue.closing_methods_for(case.type_code)}:
        reasons.add(_("这种案件没有所选的结案方式"), field="method", code="method")
    if closed_on < case.filed_on:
        reasons.add(_("结案日不得早于立案日"), field="closed_on", code="closed_before_filed")
    if closed_on > clock.today():
        reasons.add(_("结案日不能晚于今天"), field="closed_on", code="closed_future")
    reasons.refuse()
    with act(
        actor=actor, verb="case.close", permission="cases.close", target=case, case_id=case.pk, reason=note
    ) as entry:
        fresh = lock(Case.objects.all(), [case.pk])[0]
        if fresh.status != CaseStatus.OPEN:
            raise Conflict(Reason(_("案件已经结案或者销案"), code="not_open"))
        entry.before = {"status": fresh.status}
        fresh.status, fresh.closed_on, fresh.closing_method, fresh.stage = (
            CaseStatus.CLOSED,
            closed_on,
            method,
            "closed",
        )
        fresh.save(update_fields=["status", "closed_on", "closing_method", "stage"])
        entry.after = {"status": fresh.status, "closed_on": closed_on, "method": method}
        publish(CaseClosed(case_id=fresh.pk, closed_on=closed_on, method=method))
    return fresh


def set_custody(*, actor: Any, case: Case, in_custody: bool, since: date, note: str = "") -> Case:
    """Note that an accused was taken into custody or that the last one was released. Publishes CustodyChanged."""
    require(actor, "docket.write")
    require_in_scope(case, actor)
    reasons = Reasons()
    if case.category != "criminal":
        reasons.add(_("只有刑事案件登记羁押"), field="in_custody", code="custody_type")
    if since > clock.today():
        reasons.add(_("羁押日期不能晚于今天"), field="since", code="custody_future")
    reasons.refuse()
    with act(
        actor=actor, verb="case.custody", permission="docket.write", target=case, case_id=case.pk, reason=note
    ) as entry:
        fresh = lock(Case.objects.all(), [case.pk])[0]
        if fresh.in_custody == in_custody:
            raise Conflict(Reason(_("羁押状态没有变化"), field="in_custody", code="custody_same"))
        entry.before, entry.after = {"in_custody": fresh.in_custody}, {"in_custody": in_custody, "since": since}
        fresh.in_custody, fresh.custody_changed_on = in_custody, since
        fresh.save(update_fields=["in_custody", "custody_changed_on"])
        publish(CustodyChanged(case_id=fresh.pk, in_custody=in_custody))
    return fresh
