"""Migration operations that put a table under the trail's guard."""

from django.db import migrations

REQUIRE_ACT = """
CREATE OR REPLACE FUNCTION audit_require_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('courtcms.act', true), '') = '' THEN
        RAISE EXCEPTION 'write to % outside an audited act', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
"""
REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the row is part of a permanent record', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Guard(migrations.RunSQL):
    """Writes to these tables fail outside `audit.services.act()`; TRUNCATE always fails."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables
        super().__init__(
            [
                statement
                for table in tables
                for statement in (
                    f'CREATE TRIGGER audit_require_act BEFORE INSERT OR UPDATE OR DELETE ON "{table}" '
                    "FOR EACH STATEMENT EXECUTE FUNCTION audit_require_act()",
                    f'CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON "{table}" '
                    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
                )
            ],
            [
                statement
                for table in tables
                for statement in (
                    f'DROP TRIGGER audit_require_act ON "{table}"',
                    f'DROP TRIGGER audit_no_truncate ON "{table}"',
                )
            ],
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """As written in the migration file."""
        return (self.__class__.__name__, list(self.tables), {})


class AppendOnly(migrations.RunSQL):
    """Rows of these tables are never changed or removed by anybody, the owner of the table included."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables
        super().__init__(
            [
                statement
                for table in tables
                for statement in (
                    f'CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "{table}" '
                    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
                    f'CREATE TRIGGER audit_append_only_truncate BEFORE TRUNCATE ON "{table}" '
                    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
                )
            ],
            [
                statement
                for table in tables
                for statement in (
                    f'DROP TRIGGER audit_append_only ON "{table}"',
                    f'DROP TRIGGER audit_append_only_truncate ON "{table}"',
                )
            ],
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """As written in the migration file."""
        return (self.__class__.__name__, list(self.tables), {})
