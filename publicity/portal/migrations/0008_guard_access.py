"""Sealed views of parties are written in audited acts only, like every table of the portal (see 0002)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_access")]

    operations = [
        migrations.RunSQL(
            'CREATE TRIGGER portal_require_act BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "portal_access" '
            "FOR EACH STATEMENT EXECUTE FUNCTION portal_require_act()",
            'DROP TRIGGER portal_require_act ON "portal_access"',
        )
    ]
