"""Who sits: allocation by rotation or by hand, panel, change of judge, recusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cases.intake.allocation import Allocation as Outcome
from cases.intake.allocation import Candidate, allocate
from cases.intake.events import CaseReassigned
from cases.intake.models import BenchMember, BenchRole, Case
from cases.intake.policy import require_in_scope
from cases.intake.register_models import Allocation, AllocationMode, Recusal, RecusalGround, Rotation
from courtcms.accounts.models import Absence, Appointment, User
from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.courts.models import Division

JUDGES = (Post.JUDGE, Post.PRESIDING_JUDGE)
#: procedures in which one judge sits alone (民事诉讼法 40, 法院组织法 29)
SINGLE = ("simplified", "summary", "enforcement", "procedural", "sanction", "payment_order", "public_summons")
PANEL = 3


def _holders(division: Division, posts: Iterable[str]) -> list[User]:
    """People who hold one of the posts in the division today, in the order of their appointment."""
    today = clock.today()
    appointments = (
        Appointment.objects.filter(division=division, post__in=list(posts), since__lte=today, user__is_active=True)
        .filter(Q(until__isnull=True) | Q(until__gt=today))
        .select_related("user")
        .order_by("pk")
    )
    return list({appointment.user_id: appointment.user for appointment in appointments}.values())


def candidates(division: Division, recused: dict[int, str]) -> list[Candidate]:
    """The judges of a division with their open cases, absences of today and recusals (user id to reason)."""
    today = clock.today()
    people = _holders(division, JUDGES)
    loads = dict(
        Case.objects.open()
        .filter(judge__in=people)
        .values_list("judge")
        .annotate(n=Count("pk"))
        .values_list("judge", "n")
    )
    away = dict(
        Absence.objects.filter(
            user__in=people, since__lte=today, until__gt=today, cancelled_at__isnull=True
        ).values_list("user", "reason")
    )
    return [
        Candidate(
            id=user.pk,
            name=user.name,
            order=place,
            load=float(loads.get(user.pk, 0)),
            recused=recused.get(user.pk, ""),
            absent=(away[user.pk] or _("离岗")) if user.pk in away else "",
        )
        for place, user in enumerate(people)
    ]


def recused_in(case: Case) -> dict[int, str]:
    """User ids that must not sit in the case, with the reason."""
    rows = Recusal.objects.filter(case=case, ended_on__isnull=True).order_by("pk").values_list("user", "reason")
    return dict(rows)


def sat_before(cases: Iterable[Case]) -> dict[int, str]:
    """Judges of an earlier instance or of the trial before a remand: they do not sit again (民事诉讼法 41, 43)."""
    members = BenchMember.objects.filter(case__in=list(cases), role__in=["judge", "presiding", "member"]).order_by("pk")
    return {m.user_id: _("参加过%(number)s的审判") % {"number": m.case.number} for m in members.select_related("case")}


def hold(division: Division) -> Rotation:
    """Lock the rotation of a division until the surrounding act ends: cases of one division are filed one by one."""
    rotation, _made = Rotation.objects.get_or_create(division=division)
    return lock(Rotation.objects.all(), [rotation.pk], seconds=30)[0]


def rotate(division: Division, recused: dict[int, str]) -> Outcome:
    """Whose turn it is; the rotation of the division stays locked until the surrounding act ends."""
    rotation = hold(division)
    outcome = allocate(candidates(division, recused), last=rotation.last_judge_id)
    if outcome.chosen is not None:
        Rotation.objects.filter(pk=rotation.pk).update(last_judge=outcome.chosen)
    return outcome


def step_rows(outcome: Outcome) -> list[dict[str, Any]]:
    """The steps of a rotation as they are kept and shown."""
    return [
        {
            "user": step.candidate_id,
            "name": step.name,
            "taken": step.taken,
            "code": step.finding.code,
            "template": step.finding.template,
            "values": dict(step.finding.values),
        }
        for step in outcome.steps
    ]


def seat(
    case: Case, judge_id: int, *, actor: Any, mode: str, reason: str = "", steps: list[dict[str, Any]] | None = None
) -> None:
    """Write judge, panel, assistant and clerk of a case; inside an act."""
    outcome = candidates(case.division, recused_in(case))
    places = [(judge_id, BenchRole.JUDGE)]
    if case.procedure not in SINGLE:
        places += _panel(case, judge_id, outcome)
    places += _support(case)
    since = max(case.filed_on, clock.today()) if mode != AllocationMode.IMPORTED else case.filed_on
    BenchMember.objects.bulk_create(
        BenchMember(case=case, user_id=user, role=role, since=since, how=mode, reason=reason) for user, role in places
    )
    Allocation.objects.create(
        case=case, judge_id=judge_id, mode=mode, reason=reason, steps=steps or [], made_by=actor, made_at=clock.now()
    )
    Case.objects.filter(pk=case.pk).update(judge=judge_id)
    case.judge_id = judge_id


def _panel(case: Case, judge_id: int, outcome: list[Candidate]) -> list[tuple[int, str]]:
    free = sorted(
        (c for c in outcome if c.id != judge_id and not c.recused and not c.absent), key=lambda c: (c.load, c.order)
    )
    presiding_ids = {user.pk for user in _holders(case.division, [Post.PRESIDING_JUDGE])}
    presiding = judge_id if judge_id in presiding_ids else next((c.id for c in free if c.id in presiding_ids), judge_id)
    members = [c.id for c in free if c.id != presiding][: PANEL - (1 if presiding == judge_id else 2)]
    return [(presiding, BenchRole.PRESIDING), *((user, BenchRole.MEMBER) for user in members)]


def _support(case: Case) -> list[tuple[int, str]]:
    """The assistant and the clerk with the fewest open cases of the division."""
    found = []
    for post, role in ((Post.JUDGE_ASSISTANT, BenchRole.ASSISTANT), (Post.CLERK, BenchRole.CLERK)):
        people = _holders(case.division, [post])
        busy = dict(
            BenchMember.objects.filter(user__in=people, role=role, until__isnull=True, case__status="open")
            .values_list("user")
            .annotate(n=Count("pk"))
            .values_list("user", "n")
        )
        if people:
            found.append((min(people, key=lambda user: (busy.get(user.pk, 0), user.pk)).pk, role))
    return found


def reassign_judge(*, actor: Any, case: Case, judge: User | None = None, reason: str) -> Case:
    """Give an open case to another judge: the named one, or by rotation when `judge` is None. The reason is kept.

    Raises Refusal with all reasons, Conflict when the case is closed, NotAllowed outside the actor's scope.
    """
    require(actor, "cases.assign")
    require_in_scope(case, actor)
    with act(
        actor=actor, verb="case.reassign", permission="cases.assign", target=case, case_id=case.pk, reason=reason
    ) as entry:
        case = lock(Case.objects.all(), [case.pk])[0]
        recused = recused_in(case)
        if case.judge_id:
            recused.setdefault(case.judge_id, _("现任承办法官"))
        _check_change(case, judge, reason, recused)
        steps: list[dict[str, Any]] = []
        chosen = judge.pk if judge else None
        if chosen is None:
            outcome = rotate(case.division, recused)
            chosen, steps = outcome.chosen, step_rows(outcome)
        if chosen is None:
            raise Conflict(Reason(_("本庭没有可以收案的法官"), field="judge", code="nobody", remedy=explain(steps)))
        entry.before = {"judge": case.judge_id}
        BenchMember.objects.filter(case=case, until__isnull=True).update(until=clock.today())
        mode = AllocationMode.MANUAL if judge else AllocationMode.ROTATION
        seat(case, chosen, actor=actor, mode=mode, reason=reason, steps=steps)
        entry.after = {"judge": chosen, "mode": mode, "steps": steps}
        publish(CaseReassigned(case.pk, chosen))
    case.refresh_from_db()
    return case


assign_judge = reassign_judge


def _check_change(case: Case, judge: User | None, reason: str, recused: dict[int, str]) -> None:
    if case.status != "open":
        raise Conflict(Reason(_("案件已经结案或者销案"), code="not_open"))
    reasons = Reasons()
    if not reason.strip():
        reasons.add(_("变更承办法官须写明理由"), field="reason", code="reason_missing", article="法发〔2015〕3号")
    check_judge(judge, case.division, recused, reasons)
    reasons.refuse()


def check_judge(judge: User | None, division: Division, recused: dict[int, str], reasons: Reasons) -> None:
    """Reasons against a judge named by hand: not a judge of the division, recused."""
    if judge is None:
        return
    if judge.pk not in {user.pk for user in _holders(division, JUDGES)}:
        text = _("%(name)s不是%(division)s的法官") % {"name": judge.display_name, "division": division.label}
        reasons.add(text, field="judge", code="not_a_judge")
    if judge.pk in recused:
        values = {"name": judge.display_name, "reason": recused[judge.pk]}
        reasons.add(
            _("%(name)s应当回避：%(reason)s") % values, field="judge", code="recused", article=_("民事诉讼法第四十七条")
        )


def explain(steps: list[dict[str, Any]]) -> str:
    """The steps of a rotation in one sentence a candidate."""
    return "；".join(f"{step['name']}：{_(step['template']) % step['values']}" for step in steps)


def recuse(*, actor: Any, case: Case, user: User, ground: str, reason: str) -> Recusal:
    """Enter a recusal. If the recused person is on the bench, the place ends and a judge's case goes on by rotation."""
    require(actor, "cases.recuse")
    require_in_scope(case, actor)
    reasons = Reasons()
    if ground not in RecusalGround.values:
        reasons.add(_("未选回避事由"), field="ground", code="ground")
    if not reason.strip():
        reasons.add(_("未写明回避的具体情形"), field="reason", code="reason_missing")
    reasons.refuse()
    with act(
        actor=actor, verb="case.recuse", permission="cases.recuse", target=case, case_id=case.pk, reason=reason
    ) as entry:
        case = lock(Case.objects.all(), [case.pk])[0]
        if Recusal.objects.filter(case=case, user=user, ended_on__isnull=True).exists():
            raise Conflict(Reason(_("已有该人的回避登记"), field="user", code="recused_already"))
        recusal = Recusal.objects.create(
            case=case, user=user, ground=ground, reason=reason, decided_on=clock.today(), decided_by=actor
        )
        entry.after = {"user": user.pk, "ground": ground}
        if case.judge_id == user.pk and case.status == "open":
            _replace(case, user, reason, actor)
        else:
            BenchMember.objects.filter(case=case, user=user, until__isnull=True).update(until=clock.today())
    return recusal


def _replace(case: Case, user: User, reason: str, actor: Any) -> None:
    outcome = rotate(case.division, recused_in(case))
    steps = step_rows(outcome)
    if outcome.chosen is None:
        raise Conflict(
            Reason(_("本庭没有可以接办的法官，请先由庭长指定"), field="user", code="nobody", remedy=explain(steps))
        )
    BenchMember.objects.filter(case=case, until__isnull=True).update(until=clock.today())
    text = _("%(name)s回避：%(reason)s") % {"name": user.name, "reason": reason}
    seat(case, outcome.chosen, actor=actor, mode=AllocationMode.ROTATION, reason=text[:300], steps=steps)
    publish(CaseReassigned(case.pk, outcome.chosen))
