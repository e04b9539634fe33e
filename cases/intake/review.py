"""Reviewing a draft before it is registered: every reason against it, and who could get it. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from cases.intake import catalogue
from cases.intake.bench_services import check_judge, sat_before
from cases.intake.checks import check_draft
from cases.intake.drafts import CaseDraft
from cases.intake.duplicates import possible_duplicates
from cases.intake.models import Case, Secrecy
from cases.intake.number_repair import parse
from cases.intake.register_models import LinkKind
from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.core.errors import Reasons
from courtcms.courts.models import Court, Division, DivisionKind

DIVISION_KINDS = {
    "criminal": DivisionKind.CRIMINAL,
    "administrative": DivisionKind.ADMINISTRATIVE,
    "compensation": DivisionKind.ADMINISTRATIVE,
    "enforcement": DivisionKind.ENFORCEMENT,
}


def default_division(court: Court, case_type: catalogue.CaseType) -> Division | None:
    """The fitting division with the fewest open cases; retrial work goes to trial supervision if there is one."""
    kind = DIVISION_KINDS.get(case_type.category, DivisionKind.CIVIL)
    kinds = [kind]
    if case_type.instance in ("retrial", "retrial_review", "supervision"):
        kinds.insert(0, DivisionKind.TRIAL_SUPERVISION)
    for wanted in kinds:
        open_ones = list(
            Division.objects.filter(court=court, kind=wanted, closed_on__isnull=True).order_by("order", "code")
        )
        if open_ones:
            if len(open_ones) == 1:
                return open_ones[0]
            counted = Case.objects.open().filter(division__in=open_ones).values_list("division").annotate(n=Count("pk"))
            loads = dict(counted.values_list("division", "n"))
            return min(open_ones, key=lambda division: loads.get(division.pk, 0))
    return None


@dataclass(frozen=True)
class Review:
    """What was found on a draft: all reasons against it, and the division, judge and recusals that would apply."""

    reasons: Reasons
    division: Division | None
    judge: User | None
    recused: dict[int, str]


def review_draft(draft: CaseDraft, court: Court) -> Review:
    """Everything that stands against a draft, and the division that would hear it."""
    reasons = Reasons()
    reasons.extend(check_draft(draft, clock.today()))
    division = _check_division(court, draft, reasons)
    judge = User.objects.filter(pk=draft.judge_id).first() if draft.judge_id else None
    if draft.judge_id and judge is None:
        reasons.add(_("没有这名法官"), field="judge", code="judge_unknown")
    recused = {item.user_id: item.reason for item in draft.recusals}
    recused |= sat_before(_linked_here(court, draft))
    if division:
        check_judge(judge, division, recused, reasons)
    _check_secrecy(draft, reasons)
    check_duplicates(court, draft, reasons)
    return Review(reasons, division, judge, recused)


def _check_division(court: Court, draft: CaseDraft, reasons: Reasons) -> Division | None:
    case_type = catalogue.case_types().get(draft.type_code)
    if draft.division_id:
        division = Division.objects.filter(pk=draft.division_id, court=court, closed_on__isnull=True).first()
    else:
        division = default_division(court, case_type) if case_type else None
    if division is None and case_type is not None:
        reasons.add(_("没有可以受理这种案件的庭"), field="division", code="division")
    return division


def _check_secrecy(draft: CaseDraft, reasons: Reasons) -> None:
    if draft.secrecy not in Secrecy.values:
        reasons.add(_("没有这种密级"), field="secrecy", code="secrecy")


def check_duplicates(court: Court, draft: CaseDraft, reasons: Reasons) -> None:
    """Same parties on both sides, cause and type as a known case: refused until a note says why it is none."""
    if draft.duplicate_note.strip() or draft.number:
        return
    certain = [duplicate.case.number for duplicate in possible_duplicates(court, draft) if duplicate.certain]
    if certain:
        text = _("可能重复：当事人、案由与%(numbers)s相同") % {"numbers": "、".join(certain)}
        remedy = _("核对后写明为什么不是重复起诉，再登记")
        reasons.add(
            text, field="duplicate_note", code="duplicate", article=_("民事诉讼法解释第二百四十七条"), remedy=remedy
        )


def _linked_here(court: Court, draft: CaseDraft) -> list[Case]:
    """Earlier cases of this court that the draft names as lower instance, before remand or under retrial."""
    texts = [draft.lower_number] + [
        link.number for link in draft.links if link.kind in (LinkKind.REMAND, LinkKind.RETRIAL)
    ]
    keys = [parse(text).text for text in texts if text]
    return list(Case.objects.filter(court=court, number__in=keys)) if keys else []
