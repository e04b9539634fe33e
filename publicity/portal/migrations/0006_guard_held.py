"""Holds are written in audited acts. The inbox takes reports from anybody, but nobody changes or removes them outside one."""

from django.db import migrations

TRIGGER = (
    'CREATE TRIGGER portal_require_act BEFORE {events} ON "{table}" '
    "FOR EACH STATEMENT EXECUTE FUNCTION portal_require_act()"
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_held")]

    operations = [
        migrations.RunSQL(
            TRIGGER.format(events="INSERT OR UPDATE OR DELETE OR TRUNCATE", table="portal_hold"),
            'DROP TRIGGER portal_require_act ON "portal_hold"',
        ),
        migrations.RunSQL(
            TRIGGER.format(events="UPDATE OR DELETE OR TRUNCATE", table="portal_inbox"),
            'DROP TRIGGER portal_require_act ON "portal_inbox"',
        ),
    ]
