"""The trail: whole under concurrent writers, and every kind of tampering is found and named."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from courtcms.accounts.models import Absence
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.selectors import faults
from courtcms.audit.services import act, record
from tests import factories


@contextmanager
def tampering() -> Iterator[Any]:
    """Somebody with the owner's password switches the triggers off."""
    owner = psycopg2.connect(os.environ["COURTCMS_OWNER_DATABASE_URL"])
    try:
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE audit_auditentry DROP CONSTRAINT audit_entry_one_per_position")
            yield cursor
            cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")
    finally:
        owner.close()


def found() -> list[tuple[str, int]]:
    """(kind, position) of every fault in lane 3, which the tests tamper with; other lanes must be whole."""
    everything = list(faults())
    assert {fault.lane for fault in everything} <= {3}
    return [(fault.kind, fault.position) for fault in everything]


@pytest.fixture
def trail(transactional_db: None) -> None:
    """Sixteen lanes with five entries each."""
    for number in range(16 * 5):
        record(actor=None, verb="test.note", after={"number": number, "text": "裁定"})
    assert AuditEntry.objects.filter(lane=3).count() == 5
    assert found() == []


def test_a_changed_row_is_named(trail: None) -> None:
    with tampering() as sql:
        sql.execute("UPDATE audit_auditentry SET reason = 'nothing happened' WHERE lane = 3 AND position = %s", [2])
    assert found() == [("changed", 2)]


def test_a_changed_row_with_a_fresh_hash_breaks_the_next_one(trail: None) -> None:
    """Whoever recomputes the hash of the row has to recompute all that follow, and the head."""
    with tampering() as sql:
        sql.execute("UPDATE audit_auditentry SET hash = repeat('a', 64) WHERE lane = 3 AND position = %s", [2])
    assert found() == [("changed", 2), ("reordered", 3)]


def test_a_row_removed_in_the_middle_is_named(trail: None) -> None:
    with tampering() as sql:
        sql.execute("DELETE FROM audit_auditentry WHERE lane = 3 AND position = %s", [3])
    assert found() == [("removed", 3)]


def test_rows_removed_at_the_end_are_named(trail: None) -> None:
    with tampering() as sql:
        sql.execute("DELETE FROM audit_auditentry WHERE lane = 3 AND position > 3")
    assert found() == [("removed", 4)]


def test_the_first_row_removed_is_named(trail: None) -> None:
    with tampering() as sql:
        sql.execute("DELETE FROM audit_auditentry WHERE lane = 3 AND position = %s", [1])
    assert found() == [("removed", 1)]


def test_a_removed_row_whose_hole_was_closed_up_is_named(trail: None) -> None:
    with tampering() as sql:
        sql.execute("DELETE FROM audit_auditentry WHERE lane = 3 AND position = %s", [3])
        sql.execute("UPDATE audit_auditentry SET position = position - 1 WHERE lane = 3 AND position > 3")
    assert ("reordered", 3) in found()
    assert ("removed", 5) in found()


COLUMNS = ", ".join(
    field.column for field in AuditEntry._meta.concrete_fields if field.column not in {"id", "position"}
)


def insert_copy(sql: Any, of: int, at: int) -> None:
    sql.execute(
        f"INSERT INTO audit_auditentry ({COLUMNS}, position) "  # noqa: S608  names of columns
        f"SELECT {COLUMNS}, %s FROM audit_auditentry WHERE lane = 3 AND position = %s",
        [at, of],
    )


def test_a_row_inserted_in_the_middle_is_named(trail: None) -> None:
    with tampering() as sql:
        insert_copy(sql, of=4, at=2)
    assert found() == [("inserted", 2), ("reordered", 2)]  # it is a copy of the fourth
    entry = [fault.entry_id for fault in faults() if fault.kind == "inserted"]
    assert entry == [AuditEntry.objects.filter(lane=3).latest("id").pk]


def test_a_row_inserted_at_the_end_is_named(trail: None) -> None:
    with tampering() as sql:
        insert_copy(sql, of=5, at=6)
    assert ("inserted", 6) in found()


def test_two_rows_that_changed_places_are_named(trail: None) -> None:
    with tampering() as sql:
        sql.execute("UPDATE audit_auditentry SET position = 6 - position WHERE lane = 3 AND position IN (2, 4)")
    kinds = found()
    assert ("reordered", 2) in kinds
    assert ("reordered", 4) in kinds
    assert {kind for kind, _ in kinds} == {"reordered"}


def test_the_command_names_the_entry_and_fails(trail: None) -> None:
    with tampering() as sql:
        sql.execute("UPDATE audit_auditentry SET actor_name = '甲' WHERE lane = 3 AND position = %s", [2])
    changed = AuditEntry.objects.get(lane=3, position=2)
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert stopped.value.code == 1
    assert (report["ok"], report["entries"]) == (False, 80)
    assert [(fault["kind"], fault["entry_id"]) for fault in report["faults"]] == [("changed", changed.pk)]
    text = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=text)
    assert f"changed: lane 3, position 2, entry {changed.pk}" in text.getvalue()


def test_many_writers_at_once_leave_a_whole_chain(transactional_db: None) -> None:
    """Sixty-four writers on sixteen lanes: every act has its entry, no two stand at one place."""

    def write(number: int) -> None:
        try:
            for turn in range(3):
                with act(actor=None, verb="test.write") as entry:
                    entry.after = {"writer": number, "turn": turn}
        finally:
            connections.close_all()

    with ThreadPoolExecutor(64) as writers:
        list(writers.map(write, range(64)))
    assert AuditEntry.objects.filter(verb="test.write").count() == 192
    assert list(faults()) == []


REFUSED = [
    "UPDATE audit_auditentry SET reason = 'x'",
    "DELETE FROM audit_auditentry",
    "TRUNCATE audit_auditentry",
]


@pytest.mark.parametrize("statement", REFUSED)
@pytest.mark.parametrize("role", ["COURTCMS_OWNER_DATABASE_URL", "COURTCMS_DATABASE_URL"], ids=["owner", "app"])
def test_nobody_changes_the_trail_not_even_its_owner(transactional_db: None, role: str, statement: str) -> None:
    record(actor=None, verb="test.note")
    session = psycopg2.connect(os.environ[role])
    try:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege), session.cursor() as sql:
            sql.execute(statement)
    finally:
        session.close()


@pytest.mark.django_db
class TestActs:
    def test_a_write_outside_an_act_fails_in_the_database(self) -> None:
        judge, clerk = factories.person(), factories.person(Post.CLERK)
        day = factories.LONG_AGO
        with pytest.raises(DatabaseError, match="outside an audited act"), transaction.atomic():
            Absence.objects.create(user=judge, substitute=clerk, since=day, until=day.replace(year=2016))
        with (
            pytest.raises(DatabaseError, match="outside an audited act"),
            transaction.atomic(),
            connection.cursor() as sql,
        ):
            sql.execute("DELETE FROM accounts_appointment")

    def test_an_act_that_ended_does_not_leave_the_door_open(self) -> None:
        judge = factories.person()
        with act(actor=judge, verb="test.one"):
            pass
        with pytest.raises(DatabaseError, match="outside an audited act"), transaction.atomic():
            judge.appointments.update(basis="x")

    def test_an_act_inside_an_act_leaves_an_entry_of_its_own(self) -> None:
        before = AuditEntry.objects.count()
        with act(actor=None, verb="test.outer"), act(actor=None, verb="test.inner"):
            pass
        verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)[before:])
        assert verbs == ["test.outer", "test.inner"]

    def test_what_is_rolled_back_leaves_no_entry(self) -> None:
        before = AuditEntry.objects.count()
        with pytest.raises(ZeroDivisionError), act(actor=None, verb="test.outer"):
            with act(actor=None, verb="test.inner"):
                pass
            raise ZeroDivisionError
        assert AuditEntry.objects.count() == before

    def test_an_inner_act_that_failed_and_was_caught_leaves_only_the_outer_entry(self) -> None:
        before = AuditEntry.objects.count()
        judge = factories.person()
        before = AuditEntry.objects.count()
        with act(actor=judge, verb="test.outer"):
            try:
                with act(actor=judge, verb="test.inner"):
                    judge.appointments.update(basis="x")
                    raise ZeroDivisionError
            except ZeroDivisionError:
                pass
        verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)[before:])
        assert verbs == ["test.outer"]
        assert judge.appointments.get().basis == ""

    def test_an_entry_says_who_in_which_post_did_what_to_what_and_why(self) -> None:
        judge = factories.person(Post.JUDGE, name="甲一")
        with act(actor=judge, verb="case.close", permission="cases.close", reason="撤诉", basis="民诉法148") as entry:
            entry.target, entry.before, entry.after = judge, {"state": "open"}, {"state": "closed"}
        row = AuditEntry.objects.latest("pk")
        assert (row.actor, row.actor_name, row.capacity) == (judge, "甲一", "civil-1庭法官")
        assert (row.object_type, row.object_id, row.object_label) == ("accounts.user", str(judge.pk), "甲一")
        assert (row.before, row.after) == ({"state": "open"}, {"state": "closed"})
        assert (row.reason, row.basis, len(row.hash)) == ("撤诉", "民诉法148", 64)
