"""The roles of the database and the bundled servers behave as the operations manual says."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_site_works_as_a_role_that_owns_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_chinese_text_can_be_searched_by_similarity() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('建设工程施工合同纠纷', '建设工程分包合同纠纷') > 0.4")
        assert cursor.fetchone() == (True,)
