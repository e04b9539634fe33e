"""Escalations change only in audited acts, their trace never; the first ladder comes with the system."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from courtcms.audit.operations import AppendOnly, Guard
from courtcms.core import clock
from oversight.escalation.ladder import shipped_ladder


def load_ladder(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The ladder of the package as the first version."""
    content = shipped_ladder()
    apps.get_model("oversight", "LadderVersion").objects.create(
        version=content["version"],
        valid_from=date.fromisoformat(content["valid_from"]),
        content=content,
        loaded_at=clock.now(),
    )


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        migrations.RunPython(load_ladder, migrations.RunPython.noop),
        Guard("oversight_ladderversion", "oversight_escalation", "oversight_escalationact"),
        AppendOnly("oversight_escalationact"),
    ]
