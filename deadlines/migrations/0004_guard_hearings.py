"""Hearings change only in audited acts; the copies of time and state at participants follow their hearing."""

from django.db import migrations

from courtcms.audit.operations import AppendOnly, Guard

TABLES = (
    "deadlines_hearing",
    "deadlines_adjournment",
    "deadlines_hearingparticipant",
    "deadlines_feedtoken",
)
FOLLOW = """
CREATE FUNCTION hearing_participant_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT h.slot, h.status IN ('scheduled', 'held') INTO NEW.slot, NEW.live
    FROM deadlines_hearing h WHERE h.id = NEW.hearing_id;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_participant_copies BEFORE INSERT OR UPDATE ON deadlines_hearingparticipant
    FOR EACH ROW EXECUTE FUNCTION hearing_participant_copies();
CREATE FUNCTION hearing_tells_participants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE deadlines_hearingparticipant SET slot = NEW.slot WHERE hearing_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER hearing_tells_participants AFTER UPDATE OF slot, status ON deadlines_hearing
    FOR EACH ROW WHEN (OLD.slot IS DISTINCT FROM NEW.slot OR OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION hearing_tells_participants();
"""
LEAVE = """
DROP TRIGGER hearing_tells_participants ON deadlines_hearing;
DROP FUNCTION hearing_tells_participants();
DROP TRIGGER hearing_participant_copies ON deadlines_hearingparticipant;
DROP FUNCTION hearing_participant_copies();
"""


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_hearings")]

    operations = [
        migrations.RunSQL(FOLLOW, LEAVE),
        Guard(*TABLES),
        AppendOnly("deadlines_adjournment"),
    ]
