"""The trail's triggers and its sixteen lanes."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from courtcms.audit.operations import REFUSE, REQUIRE_ACT, AppendOnly
from courtcms.audit.rules import GENESIS

LANES = 16


def open_lanes(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Sixteen chains, each starting from the genesis value."""
    lanes = apps.get_model("audit", "AuditLane")
    lanes.objects.bulk_create([lanes(lane=number, position=0, head=GENESIS) for number in range(LANES)])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REQUIRE_ACT, "DROP FUNCTION audit_require_act()"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse()"),
        migrations.RunPython(open_lanes, migrations.RunPython.noop),
        AppendOnly("audit_auditentry"),
    ]
