"""Posts, periods, absences: what the administrator and each person rely on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from courtcms.accounts import services
from courtcms.accounts.models import Absence, User, capacities_on
from courtcms.accounts.policy import allowed
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from courtcms.core.errors import NotAllowed, Refusal
from courtcms.courts.models import Court
from tests import factories

pytestmark = pytest.mark.django_db


def soon(days: int) -> date:
    return clock.today() + timedelta(days=days)


def messages(refusal: pytest.ExceptionInfo[Refusal]) -> dict[str, str]:
    return {reason.field: str(reason.message) for reason in refusal.value.reasons}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_an_appointed_person_may_what_the_post_may_and_the_trail_says_who_did_it() -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    newcomer, password = services.add_person(actor=admin, username="Yi.Jia", name="乙甲")
    assert newcomer.username == "yi.jia"
    assert newcomer.check_password(password)
    assert not allowed(newcomer, "desk.open")

    division = factories.division()
    services.appoint(
        actor=admin,
        user=newcomer,
        post=Post.JUDGE,
        court=division.court,
        division=division,
        since=clock.today(),
        basis="任字1号",
    )

    assert allowed(fresh(newcomer), "docket.write")
    entry = AuditEntry.objects.filter(verb="account.appoint").latest("pk")
    assert (entry.actor_id, entry.basis, entry.after["post"]) == (admin.pk, "任字1号", "judge")


def test_a_wrong_appointment_is_refused_with_all_its_reasons_and_leaves_nothing() -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    judge = factories.person(Post.JUDGE)
    before = AuditEntry.objects.count()
    with pytest.raises(Refusal) as refused:
        services.appoint(
            actor=admin,
            user=judge,
            post=Post.JUDGE,
            court=Court.objects.get(code="津02"),
            division=None,
            since=soon(10),
            until=soon(5),
            basis=" ",
        )
    assert {"basis", "division"} <= set(messages(refused))
    assert any("截止日" in str(reason.message) for reason in refused.value.reasons)
    assert AuditEntry.objects.count() == before


def test_the_same_post_twice_at_a_time_is_refused() -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    judge = factories.person(Post.JUDGE)
    division = factories.division()
    with pytest.raises(Refusal, match="重叠"):
        services.appoint(
            actor=admin,
            user=judge,
            post=Post.JUDGE,
            court=division.court,
            division=division,
            since=soon(3),
            basis="任字2号",
        )


def test_only_the_administrator_appoints() -> None:
    president = factories.person(Post.PRESIDENT)
    with pytest.raises(NotAllowed):
        services.add_person(actor=president, username="x", name="丙")


def test_an_ended_post_opens_nothing_from_that_day_on_and_past_days_stay() -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    judge = factories.person(Post.JUDGE)
    post = judge.appointments.get()
    with pytest.raises(Refusal) as refused:
        services.end_appointment(actor=admin, appointment=post, until=soon(-30), reason="")
    assert set(messages(refused)) == {"reason", "until"}

    services.end_appointment(actor=admin, appointment=post, until=soon(1), reason="调离")
    assert allowed(fresh(judge), "docket.write")
    assert capacities_on(judge, soon(1)) == []


def test_a_password_is_reset_with_a_reason_and_not_for_oneself() -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    judge = factories.person(Post.JUDGE)
    with pytest.raises(Refusal):
        services.reset_password(actor=admin, user=judge, reason="")
    with pytest.raises(Refusal):
        services.reset_password(actor=admin, user=admin, reason="忘了")
    password = services.reset_password(actor=admin, user=judge, reason="本人到窗口申请")
    assert fresh(judge).check_password(password)
    assert password not in str(list(AuditEntry.objects.values()))


def test_a_substitute_acts_during_the_absence_and_is_named_as_such() -> None:
    judge = factories.person(Post.JUDGE, name="甲休假")
    other = factories.person(Post.JUDGE, factories.division("civil-2"))
    services.declare_absence(actor=judge, since=soon(0), until=soon(5), substitute=other)
    [own, borrowed] = capacities_on(other, soon(0))
    assert (own.substitute_for, borrowed.substitute_for, borrowed.holder_id) == ("", "甲休假", judge.pk)
    assert capacities_on(other, soon(5)) == [own]


@pytest.mark.parametrize(
    ("post", "fitting"),
    [
        (Post.JUDGE, True),
        (Post.DIVISION_CHIEF, True),
        (Post.CLERK, False),
        (Post.PUBLICITY, False),
    ],
)
def test_a_judge_is_replaced_by_the_bench_or_the_chief_only(post: Post, fitting: bool) -> None:
    judge = factories.person(Post.JUDGE)
    other = factories.person(post)
    if fitting:
        assert services.declare_absence(actor=judge, since=soon(1), until=soon(2), substitute=other).pk
    else:
        with pytest.raises(Refusal) as refused:
            services.declare_absence(actor=judge, since=soon(1), until=soon(2), substitute=other)
        assert set(messages(refused)) == {"substitute"}


def test_a_substitute_whose_term_ends_meanwhile_does_not_fit() -> None:
    judge = factories.person(Post.JUDGE)
    other = factories.person(Post.JUDGE)
    services.end_appointment(
        actor=factories.person(Post.ADMINISTRATOR), appointment=other.appointments.get(), until=soon(4), reason="退休"
    )
    with pytest.raises(Refusal):
        services.declare_absence(actor=judge, since=soon(1), until=soon(6), substitute=other)
    assert services.declare_absence(actor=judge, since=soon(1), until=soon(4), substitute=other).pk


def test_two_who_are_away_together_cannot_replace_each_other() -> None:
    one, two = factories.person(Post.JUDGE), factories.person(Post.JUDGE)
    three = factories.person(Post.JUDGE)
    services.declare_absence(actor=two, since=soon(2), until=soon(4), substitute=three)
    with pytest.raises(Refusal) as refused:
        services.declare_absence(actor=one, since=soon(3), until=soon(9), substitute=two)
    assert "离岗" in messages(refused)["substitute"]


def test_an_absence_is_taken_back_once_and_by_its_owner() -> None:
    judge, other = factories.person(Post.JUDGE), factories.person(Post.JUDGE)
    absence = services.declare_absence(actor=judge, since=soon(0), until=soon(5), substitute=other)
    with pytest.raises(NotAllowed):
        services.cancel_absence(actor=other, absence=absence)
    services.cancel_absence(actor=judge, absence=absence)
    assert len(capacities_on(other, soon(0))) == 1
    with pytest.raises(Refusal):
        services.cancel_absence(actor=judge, absence=Absence.objects.get(pk=absence.pk))
