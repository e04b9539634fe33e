"""Writes to the portal's tables fail outside an audited act: nothing becomes public without a trace.

The same rule as `courtcms.audit.operations.Guard`, spelled out because the portal knows only `core`.
"""

from django.db import migrations

TABLES = ("portal_judgment", "portal_tombstone", "portal_notice")
FUNCTION = """
CREATE OR REPLACE FUNCTION portal_require_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('courtcms.act', true), '') = '' THEN
        RAISE EXCEPTION 'write to % outside an audited act', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
"""


def triggers(table: str) -> list[str]:
    return [
        f'CREATE TRIGGER portal_require_act BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION portal_require_act()"
    ]


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [FUNCTION, *[statement for table in TABLES for statement in triggers(table)]],
            [*[f'DROP TRIGGER portal_require_act ON "{table}"' for table in TABLES], "DROP FUNCTION portal_require_act()"],
        )
    ]
