from django.db import migrations

from simpul.records.operations import AppendOnly, NoOverlap

CURRENT = "superseded_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0013_programmes")]

    operations = [
        NoOverlap(
            "programmearea", "organisations_programmearea_no_overlap", ["programme_id", "area_id"], where=CURRENT
        ),
        AppendOnly("programmearea", "organisations_programmearea_appended", ["superseded_at"], erasable=True),
        NoOverlap(
            "programmerole",
            "organisations_programmerole_no_overlap",
            ["programme_id", "organisation_id", "role", "area_id"],
            where=CURRENT,
        ),
        # A role in the whole programme: no area equals no other, so the constraint above does not compare these.
        NoOverlap(
            "programmerole",
            "organisations_programmerole_no_overlap_everywhere",
            ["programme_id", "organisation_id", "role"],
            where=f"{CURRENT} AND area_id IS NULL",
        ),
        AppendOnly("programmerole", "organisations_programmerole_appended", ["superseded_at"], erasable=True),
    ]
