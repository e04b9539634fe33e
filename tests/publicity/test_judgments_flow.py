"""From the signed judgment to the public page and back, on a real PostgreSQL."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cases.intake.catalogue import closing_methods_for
from cases.intake.register_models import CaseLink, LinkKind
from cases.intake.services import close_case
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalStep
from courtcms.approvals.services import decide as decide_step
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from publicity.judgments import deadline, desk_services, publish_services, selectors, services, withhold_services
from publicity.judgments.models import Publication, PublicationVersion, State
from publicity.judgments.moves import current
from publicity.portal.models import Judgment, Notice, Tombstone
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with clock.as_of(TODAY):
        yield


@pytest.fixture
def case():
    with clock.as_of(date(2026, 6, 1)):
        return make.inheritance_case()


@pytest.fixture
def clerk(case):
    return make.staff(case)


@pytest.fixture
def other(case):
    return make.staff(case)


def reasons(refused):
    return {reason.code for reason in refused.value.reasons}


def test_from_signed_text_to_the_public_page(case, clerk, other):
    publication = make.cleared(case, clerk, other)
    receipt = publish_services.publish(actor=clerk, publication=publication)
    shown = Judgment.objects.get(public_id=receipt.public_id)
    text = "\n".join(shown.paragraphs)
    assert "甲某1" in text and "甲某2" in text and "孙立群，天津海津律师事务所律师" in text
    assert not any(word in text for word in ("甲一明", "甲二国", "110101191901010129", "黑牛城道", "1972年10月1日"))
    assert shown.title == "甲某1与甲某2法定继承纠纷一审民事判决书"
    assert [row["role"] for row in shown.judges] == ["审判长", "审判员", "书记员"]
    assert [section["key"] for section in shown.sections][:3] == ["head", "parties", "course"]
    assert shown.working_days == 6
    assert [(row.act, row.state) for row in publication.deliveries.filter(surface="portal")] == [("publish", "sent")]


def test_the_redactor_never_clears(case, clerk):
    publication = make.prepared(case, clerk)
    services.submit(actor=clerk, publication=publication)
    with pytest.raises(Refusal) as refused:
        services.accept(actor=clerk, publication=publication, answers=make.yes())
    assert "two_persons" in reasons(refused)


def test_the_database_refuses_one_person_in_both_roles(case, clerk):
    publication = make.prepared(case, clerk)
    with pytest.raises(IntegrityError), transaction.atomic(), act(actor=None, verb="test"):
        Publication.objects.filter(pk=publication.pk).update(clearer=clerk)


def test_clearing_asks_for_every_item_of_the_list(case, clerk, other):
    publication = make.prepared(case, clerk)
    services.submit(actor=clerk, publication=publication)
    with pytest.raises(Refusal) as refused:
        services.accept(actor=other, publication=publication, answers={})
    assert len(refused.value.reasons) == len(make.yes())


def test_a_returned_text_comes_back_with_its_reason(case, clerk, other):
    publication = make.prepared(case, clerk)
    services.submit(actor=clerk, publication=publication)
    services.send_back(actor=other, publication=publication, reason="第三段仍有门牌")
    assert publication.state == State.REVIEW and publication.clearer is None
    assert publication.log.last().reason == "第三段仍有门牌"


def test_another_cases_judgment_is_refused_with_all_reasons(case, clerk):
    publication = make.opened(case)
    text = make.signed_text(case, number="（2026）津02民初999号", dated="二〇二七年一月三日").replace(
        "民 事 判 决 书", "民 事 裁 定 书"
    )
    with pytest.raises(Refusal) as refused:
        services.prepare(actor=clerk, publication=publication, text=text)
    assert reasons(refused) == {"number", "kind", "date", "effect"}
    assert publication.versions.count() == 0


def test_secret_case_stores_no_text(clerk, case):
    with act(actor=None, verb="test"):
        case.secrecy = "secret"
        case.save()
    publication = make.opened(case, effective_on=None)
    with pytest.raises(Refusal) as refused:
        services.prepare(actor=clerk, publication=publication, text=make.signed_text(case))
    assert reasons(refused) == {"secret"} and "保守国家秘密法" in refused.value.reasons[0].article
    assert PublicationVersion.objects.count() == 0


def test_nothing_is_published_before_it_is_effective(case, clerk, other):
    publication = make.cleared(case, clerk, other, effective_on=None, appealed=True)
    with pytest.raises(Refusal) as refused:
        publish_services.publish(actor=clerk, publication=publication)
    assert "not_effective" in reasons(refused)
    assert Judgment.objects.count() == 0


def test_while_the_appeal_is_open_the_first_instance_is_not_published(case, clerk, other):
    """Section 13, 5: the second instance is registered here and not closed, whatever day of effect was entered."""
    publication = make.cleared(case, clerk, other)
    with clock.as_of(date(2026, 11, 20)):
        second = make.inheritance_case(duplicate_note="二审")
    with act(actor=None, verb="test.link"):
        CaseLink.objects.create(case=second, other=case, kind=LinkKind.LOWER, number=case.number)
    with pytest.raises(Refusal) as refused:
        publish_services.publish(actor=clerk, publication=publication)
    assert reasons(refused) == {"appeal_pending"} and Judgment.objects.count() == 0
    method = closing_methods_for(second.type_code)[0].code
    close_case(actor=second.judge, case=second, method=method, closed_on=TODAY)
    publish_services.publish(actor=clerk, publication=publication)


@pytest.mark.parametrize(
    ("effective", "due"),
    [
        (date(2026, 11, 16), date(2026, 11, 25)),  # two weekends' days
        (date(2026, 9, 28), date(2026, 10, 13)),  # National Day to 7 October; Saturday the 10th is worked
        (date(2026, 9, 18), date(2026, 9, 29)),  # Sunday the 20th is worked; Mid-Autumn Festival on Friday the 25th
    ],
)
def test_holidays_and_make_up_days_move_the_seven_working_days(effective, due):
    """Section 13, 9; days of 国办发明电〔2025〕7号."""
    assert deadline.due_on(effective) == due


def test_changing_one_letter_outside_a_replaced_span_stops_publication(case, clerk, other):
    publication = make.cleared(case, clerk, other)
    version = current(publication)
    with act(actor=None, verb="test"):
        PublicationVersion.objects.filter(pk=version.pk).update(result=version.result.replace("依法分割", "依法分给"))
    with pytest.raises(Refusal) as refused:
        publish_services.publish(actor=clerk, publication=publication)
    assert reasons(refused) == {"identity"}


def test_withdrawal_keeps_the_old_hash_and_republication_is_a_new_version(case, clerk, other):
    manager = ground.person(Post.TRIAL_MANAGEMENT, case.division)
    publication = make.cleared(case, clerk, other)
    first = publish_services.publish(actor=clerk, publication=publication)
    publish_services.withdraw(actor=manager, publication=publication, code="BAD_REDACTION", note="当事人反映")
    assert publication.state == State.WITHDRAWN
    assert Tombstone.objects.get(public_id=first.public_id).reason == "redaction_defect"
    old = publication.versions.get(number=1)
    assert old.withdrawals.get().result_sm3 == old.result_sm3 != ""
    services.prepare(actor=clerk, publication=publication, text=make.signed_text(case))
    services.submit(actor=clerk, publication=publication)
    services.accept(actor=other, publication=publication, answers=make.yes())
    second = publish_services.publish(actor=clerk, publication=publication)
    assert (second.public_id, second.version) == (first.public_id, 2)
    assert not Tombstone.objects.exists() and publication.versions.count() == 2


def test_withdrawal_needs_a_code_and_a_note(case, clerk, other):
    manager = ground.person(Post.TRIAL_MANAGEMENT, case.division)
    publication = make.cleared(case, clerk, other)
    publish_services.publish(actor=clerk, publication=publication)
    with pytest.raises(Refusal) as refused:
        publish_services.withdraw(actor=manager, publication=publication, code="BECAUSE", note=" ")
    assert {reason.field for reason in refused.value.reasons} == {"reason", "code"}


def test_a_clerk_may_not_withdraw(case, clerk, other):
    publication = make.cleared(case, clerk, other)
    publish_services.publish(actor=clerk, publication=publication)
    with pytest.raises(NotAllowed):
        publish_services.withdraw(actor=clerk, publication=publication, code="BAD_REDACTION", note="x")


def test_divorce_never_leaves_the_court_but_its_four_items_do(clerk):
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case(make.cause("离婚纠纷"))
    clerk = make.staff(case)
    publication = make.prepared(case, clerk, make.signed_text(case, cause="离婚纠纷"))
    with pytest.raises(Refusal) as refused:
        services.submit(actor=clerk, publication=publication)
    assert "X4" in reasons(refused)
    withhold_services.withhold(actor=case.judge, publication=publication, ground="X4")
    notice = Notice.objects.get()
    assert (notice.case_number, notice.court_name, notice.judged_on, notice.reason) == (
        case.number, "天津市第二中级人民法院", date(2026, 10, 20), "divorce_custody",
    )  # fmt: skip
    assert Judgment.objects.count() == 0 and publication.state == State.WITHHELD


def test_a_ground_that_nothing_shows_is_refused(case, clerk):
    publication = make.prepared(case, clerk)
    for ground_ in ("X2", "X5", "X9"):
        with pytest.raises(Refusal) as refused:
            withhold_services.withhold(actor=case.judge, publication=publication, ground=ground_)
        assert refused.value.reasons[0].field == "ground"


def test_other_reasons_need_the_vice_president(case, clerk):
    chief = ground.person(Post.DIVISION_CHIEF, case.division)
    vice = ground.person(Post.VICE_PRESIDENT, case.division)
    publication = make.prepared(case, clerk)
    withhold_services.ask_to_withhold(
        actor=case.judge, publication=publication, opinion="涉及第三人隐私", note="不宜公布"
    )
    assert publication.state == State.DECIDING
    decide_step(actor=chief, step_id=ApprovalStep.objects.get(state="open").pk, decision="approve")
    publication.refresh_from_db()
    assert publication.state == State.DECIDING and Notice.objects.count() == 0
    decide_step(actor=vice, step_id=ApprovalStep.objects.get(state="open").pk, decision="approve")
    publication.refresh_from_db()
    assert publication.state == State.WITHHELD
    assert Notice.objects.get().note == "不宜公布"


def test_the_vice_president_refuses(case, clerk):
    chief = ground.person(Post.DIVISION_CHIEF, case.division)
    publication = make.prepared(case, clerk)
    ground.person(Post.VICE_PRESIDENT, case.division)
    withhold_services.ask_to_withhold(actor=case.judge, publication=publication, opinion="意见", note="不宜公布")
    decide_step(actor=chief, step_id=ApprovalStep.objects.get(state="open").pk, decision="reject", comment="理由不足")
    publication.refresh_from_db()
    assert (publication.state, publication.ground) == (State.REVIEW, "")


def test_the_clock_runs_from_effect_to_publication(case, clerk, other):
    publication = make.opened(case)
    assert publication.due_on == date(2026, 11, 25)
    assert publication.clock.limit_id == "pub_judgment" and publication.clock.status == "running"
    services.prepare(actor=clerk, publication=publication, text=make.signed_text(case))
    services.submit(actor=clerk, publication=publication)
    services.accept(actor=other, publication=publication, answers=make.yes())
    publish_services.publish(actor=clerk, publication=publication)
    publication.clock.refresh_from_db()
    assert publication.clock.status == "stopped" and publication.clock.stopped_on == TODAY


def test_the_state_table_knows_no_shortcut(case, clerk):
    publication = make.prepared(case, clerk)
    with pytest.raises(Conflict):
        publish_services.publish(actor=clerk, publication=publication)


def test_desk_decisions_are_saved_spread_and_undone(case, clerk):
    publication = make.prepared(case, clerk)
    desk = selectors.desk_of(publication)
    hit = next(row for row in desk.hits if row.person == make.PARTY and row.kind == "name")
    desk_services.decide(
        actor=clerk, publication=publication, hit_id=hit.pk, decision="changed", replacement="甲某", everywhere=True
    )
    assert (
        "甲一明" not in selectors.desk_of(publication).result
        and "甲某与" not in selectors.desk_of(publication).result[:30]
    )
    changed = [row for row in selectors.desk_of(publication).hits if row.replacement == "甲某"]
    assert len(changed) == 5
    desk_services.undo(actor=clerk, publication=publication)
    assert [
        row.replacement
        for row in selectors.desk_of(publication).hits
        if row.person == make.PARTY and row.kind == "name"
    ] == ["甲某1"] * 5


def test_a_marked_word_is_hidden_everywhere_and_comes_back(case, clerk):
    publication = make.prepared(case, clerk)
    desk_services.mark(actor=clerk, publication=publication, text="房屋钥匙", replacement="×××")
    assert "×××" in selectors.desk_of(publication).result
    with pytest.raises(Refusal):
        desk_services.mark(actor=clerk, publication=publication, text="房屋钥匙")
    desk_services.undo(actor=clerk, publication=publication)
    assert "房屋钥匙" in selectors.desk_of(publication).result


def test_showing_a_person_in_one_place_only_is_residue(case, clerk):
    publication = make.prepared(case, clerk)
    hit = next(row for row in selectors.desk_of(publication).hits if row.person == make.PARTY and row.kind == "name")
    desk_services.decide(actor=clerk, publication=publication, hit_id=hit.pk, decision="kept")
    assert selectors.desk_of(publication).residue
    with pytest.raises(Refusal) as refused:
        services.submit(actor=clerk, publication=publication)
    assert "residual" in reasons(refused)


def test_two_clerks_at_one_desk_do_not_overwrite_each_other(case, clerk, other):
    publication = make.prepared(case, clerk)
    hit = selectors.desk_of(publication).hits[0]
    desk_services.decide(actor=clerk, publication=publication, hit_id=hit.pk, decision="accepted", revision=0)
    with pytest.raises(Conflict):
        desk_services.decide(actor=other, publication=publication, hit_id=hit.pk, decision="kept", revision=0)


def test_a_mask_without_a_rule_is_shown_and_refused_until_a_rule_is_named(case, clerk, other):
    publication = make.prepared(case, clerk)
    made = desk_services.mark(actor=clerk, publication=publication, text="房屋钥匙", replacement="×××")
    assert [hit.pk for hit in selectors.desk_of(publication).over] == [made[0].pk]
    with pytest.raises(Refusal) as refused:
        services.submit(actor=clerk, publication=publication)
    assert reasons(refused) == {"over_hidden"} and "第十一条" in refused.value.reasons[0].article
    desk_services.decide(
        actor=clerk, publication=publication, hit_id=made[0].pk, decision="changed", replacement="×××",
        basis="basis-privacy",
    )  # fmt: skip
    hit = selectors.desk_of(publication).hits[-1]
    assert selectors.desk_of(publication).over == []
    desk_services.undo(actor=clerk, publication=publication)
    assert [one.rule for one in selectors.desk_of(publication).over] == ["marked"] and hit.rule
    with pytest.raises(Refusal) as refused:
        desk_services.mark(actor=clerk, publication=publication, text="依法公开", replacement="×", basis="because")
    assert refused.value.reasons[0].field == "basis"


def test_hiding_a_judge_against_the_rules_is_over_hiding(case, clerk):
    publication = make.prepared(case, clerk)
    judge = next(hit for hit in selectors.desk_of(publication).hits if hit.person == "顾维桢")
    desk_services.decide(actor=clerk, publication=publication, hit_id=judge.pk, decision="changed", replacement="顾某")
    with pytest.raises(Refusal) as refused:
        services.submit(actor=clerk, publication=publication)
    assert "over_hidden" in reasons(refused)


def test_part_of_a_hidden_name_is_hidden_by_the_rule_of_the_person(case, clerk):
    publication = make.prepared(case, clerk, make.signed_text(case, more="一明那几年收入不稳。"))
    (hit,) = desk_services.mark(actor=clerk, publication=publication, text="一明", replacement="甲某1")
    assert (hit.kind, hit.rule, hit.person) == ("name", "family-party", make.PARTY)
    services.submit(actor=clerk, publication=publication)


def test_a_decided_place_swallowed_by_a_mark_comes_back_with_its_decision(case, clerk):
    publication = make.prepared(case, clerk)
    judge = next(hit for hit in selectors.desk_of(publication).hits if hit.person == "顾维桢")
    desk_services.decide(actor=clerk, publication=publication, hit_id=judge.pk, decision="kept")
    desk_services.mark(actor=clerk, publication=publication, text="审　判　长　　顾维桢", basis="basis-other")
    desk_services.undo(actor=clerk, publication=publication)
    back = next(hit for hit in selectors.desk_of(publication).hits if hit.person == "顾维桢")
    assert (back.decision, back.decided_by) == ("kept", clerk)


def test_whoever_decided_a_single_place_does_not_clear_either(case, clerk, other):
    publication = make.prepared(case, clerk)
    hit = selectors.desk_of(publication).hits[0]
    desk_services.decide(actor=other, publication=publication, hit_id=hit.pk, decision="accepted")
    services.submit(actor=clerk, publication=publication)
    for person in (clerk, other):
        with pytest.raises(Refusal) as refused:
            services.accept(actor=person, publication=publication, answers=make.yes())
        assert "two_persons" in reasons(refused)
    services.accept(actor=make.staff(case), publication=publication, answers=make.yes())


def test_a_correction_goes_the_whole_way_again(case, clerk, other):
    """After withdrawal nothing of the first clearance counts: another person clears the second version too."""
    manager = ground.person(Post.TRIAL_MANAGEMENT, case.division)
    publication = make.cleared(case, clerk, other)
    publish_services.publish(actor=clerk, publication=publication)
    publish_services.withdraw(actor=manager, publication=publication, code="BAD_REDACTION", note="当事人反映")
    services.prepare(actor=other, publication=publication, text=make.signed_text(case))
    assert publication.clearer is None
    with pytest.raises(Conflict):
        publish_services.publish(actor=clerk, publication=publication)
    services.submit(actor=other, publication=publication)
    with pytest.raises(Refusal) as refused:
        services.accept(actor=other, publication=publication, answers=make.yes())
    assert "two_persons" in reasons(refused)
    services.accept(actor=clerk, publication=publication, answers=make.yes())
    publish_services.publish(actor=clerk, publication=publication)
    assert [row.accepted for row in publication.versions.get(number=2).checks.all()] == [True]


@pytest.mark.parametrize("replacement", ["张**", "甲\n某", "甲" * 401])
def test_bad_replacements_are_refused(case, clerk, replacement):
    publication = make.prepared(case, clerk)
    hit = selectors.desk_of(publication).hits[0]
    with pytest.raises(Refusal) as refused:
        desk_services.decide(
            actor=clerk, publication=publication, hit_id=hit.pk, decision="changed", replacement=replacement
        )
    assert {reason.field for reason in refused.value.reasons} == {"replacement"}


def test_steps_and_clearances_cannot_be_rewritten(case, clerk):
    publication = make.prepared(case, clerk)
    with pytest.raises(Exception, match="permanent record"), transaction.atomic(), act(actor=None, verb="test"):
        publication.log.update(reason="another")


@pytest.mark.parametrize(
    "table", ["publicity_publication", "publicity_publicationversion", "publicity_redactionhit", "files_storedfile"]
)
def test_the_role_of_the_public_site_reads_no_original(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('court_public', %s, 'SELECT')", [table])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_table_privilege('court_public', 'portal_judgment', 'SELECT')")
        assert cursor.fetchone() == (True,)


def test_a_listed_page_asks_the_database_no_more_with_more_rows(client, case, clerk, django_assert_max_num_queries):
    client.force_login(clerk)
    for _ in range(12):
        make.opened(case)
    with django_assert_max_num_queries(24):
        assert client.get("/publicity/judgments/").status_code == 200


def test_parts_of_the_published_text_begin_with_whole_paragraphs(case, clerk, other):
    publication = make.cleared(case, clerk, other)
    receipt = publish_services.publish(actor=clerk, publication=publication)
    parts = {row["key"]: row["paragraphs"] for row in Judgment.objects.get(public_id=receipt.public_id).sections}
    assert parts["head"][-1] == publication.number
    lines = [line.strip() for line in publication.versions.get().result.split("\n") if line.strip()]
    assert [text for texts in parts.values() for text in texts] == lines
