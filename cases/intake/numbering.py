"""Allotting case numbers: gapless and once only, however many clerks file at the same moment.

The counter row of (court, year, 代字) is raised and locked inside the registering transaction: if that is rolled
back, so is the counter, and the next clerk gets the same number. 刑核 numbers are eight random digits (案号规定).
"""

import secrets

from django.db import connection
from django.utils.translation import gettext as _

from cases.intake.catalogue import CaseType
from cases.intake.models import Case
from courtcms.core.errors import Conflict, Reason
from courtcms.courts.models import Court

#: `known` is the highest number among the cases themselves: a counter never gives a number that a case already has
RAISE = """
WITH known AS (
    SELECT coalesce(max(sequence), 0) AS highest FROM cases_case
    WHERE court_id = %(court)s AND year = %(year)s AND type_mark = %(mark)s
)
INSERT INTO cases_casecounter (court_id, year, type_mark, last)
SELECT %(court)s, %(year)s, %(mark)s, CASE WHEN %(given)s > 0 THEN %(given)s ELSE highest + 1 END FROM known
ON CONFLICT (court_id, year, type_mark)
DO UPDATE SET last = CASE WHEN %(given)s > 0 THEN greatest(cases_casecounter.last, %(given)s)
                          ELSE greatest(cases_casecounter.last + 1, EXCLUDED.last) END
RETURNING last
"""


def _raise(court: Court, year: int, mark: str, given: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '30s', true)")
        cursor.execute(RAISE, {"court": court.pk, "year": year, "mark": mark, "given": given})
        return int(cursor.fetchone()[0])


def allot(court: Court, year: int, case_type: CaseType) -> int:
    """The next sequence number; the counter row stays locked until the surrounding transaction ends."""
    if not case_type.random_number:
        return _raise(court, year, case_type.mark)
    for _attempt in range(20):
        sequence = 10_000_000 + secrets.randbelow(90_000_000)
        if not Case.objects.filter(court=court, year=year, type_mark=case_type.mark, sequence=sequence).exists():
            return sequence
    raise Conflict(Reason(_("没有找到空闲的随机案号，请再试一次"), field="number", code="number_random"))


def take(court: Court, year: int, case_type: CaseType, sequence: int) -> int:
    """Take over a number that the case already has; the counter never gives it again."""
    if not case_type.random_number:
        _raise(court, year, case_type.mark, given=sequence)
    return sequence
