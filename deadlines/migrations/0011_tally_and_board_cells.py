"""A tally of live clocks kept by triggers; summary rows of the board: what cases wait for, signals, hearings fixed."""

import django.db.models.deletion
from django.db import migrations, models

from courtcms.audit.operations import Guard

LIVE = "('running', 'paused')"
#: one row a statement for new clocks, one a clock for a change of state; the scan folds them
TALLY = f"""
INSERT INTO deadlines_clocktally (live) SELECT count(*) FROM deadlines_clock WHERE status IN {LIVE};

CREATE FUNCTION deadlines_tally_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO deadlines_clocktally (live)
    SELECT count(*) FROM fresh WHERE status IN {LIVE} HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE FUNCTION deadlines_tally_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO deadlines_clocktally (live) VALUES ((NEW.status IN {LIVE})::int - (OLD.status IN {LIVE})::int);
    RETURN NULL;
END $$;
CREATE FUNCTION deadlines_tally_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO deadlines_clocktally (live) VALUES (-1);
    RETURN NULL;
END $$;

CREATE TRIGGER clock_tally_new AFTER INSERT ON deadlines_clock REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_tally_new();
CREATE TRIGGER clock_tally_moved AFTER UPDATE OF status ON deadlines_clock FOR EACH ROW
    WHEN ((OLD.status IN {LIVE}) IS DISTINCT FROM (NEW.status IN {LIVE}))
    EXECUTE FUNCTION deadlines_tally_moved();
CREATE TRIGGER clock_tally_gone AFTER DELETE ON deadlines_clock FOR EACH ROW
    WHEN (OLD.status IN {LIVE}) EXECUTE FUNCTION deadlines_tally_gone();
"""  # noqa: S608  put together from a constant of this file
NO_TALLY = """
DROP TRIGGER clock_tally_new ON deadlines_clock;
DROP TRIGGER clock_tally_moved ON deadlines_clock;
DROP TRIGGER clock_tally_gone ON deadlines_clock;
DROP FUNCTION deadlines_tally_new();
DROP FUNCTION deadlines_tally_moved();
DROP FUNCTION deadlines_tally_gone();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_guard_filing"),
        ("courts", "0002_guard"),
        ("deadlines", "0010_signals_board"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("live", models.IntegerField(help_text="在计算和停止计算的期限数的增减")),
            ],
        ),
        migrations.CreateModel(
            name="SignalCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("detector", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="WaitCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=20)),
                ("line", models.PositiveSmallIntegerField(help_text="已经跨过的最远一条界线，月")),
                ("reason", models.CharField(max_length=30)),
                ("since", models.DateField(blank=True, null=True)),
                ("number", models.PositiveIntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="waiting",
            name="waiting_by_day",
        ),
        migrations.AddField(
            model_name="boardcell",
            name="fixed",
            field=models.PositiveIntegerField(default=0, help_text="其中已排庭的"),
        ),
        migrations.AddField(
            model_name="boardrefresh",
            name="trail",
            field=models.BigIntegerField(default=0, help_text="算出时审计记录的最后一号；其后没有新的行为就不必再算"),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["reason", "filed_on"], name="waiting_for"),
        ),
        migrations.AddField(
            model_name="signalcell",
            name="court",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courts.court"
            ),
        ),
        migrations.AddField(
            model_name="signalcell",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courts.division"
            ),
        ),
        migrations.AddField(
            model_name="waitcell",
            name="court",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="courts.court",
            ),
        ),
        migrations.AddField(
            model_name="waitcell",
            name="division",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="courts.division",
            ),
        ),
        migrations.AddIndex(
            model_name="waitcell",
            index=models.Index(fields=["division", "line"], name="wait_cell_read"),
        ),
        migrations.RunSQL(TALLY, NO_TALLY),
        Guard("deadlines_clocktally", "deadlines_signalcell", "deadlines_waitcell"),
    ]
