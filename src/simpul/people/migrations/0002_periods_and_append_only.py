"""What the database keeps by itself: no two rows for one role at a time, and facts that are appended."""

from django.db import migrations

from simpul.records.operations import AppendOnly, NoOverlap


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]

    operations = [
        NoOverlap(
            "affiliation",
            "people_affiliation_overlap",
            ["person_id", "organisation_id", "role"],
            where="superseded_at IS NULL",
        ),
        AppendOnly("affiliation", "people_affiliation_appended", may_set=["superseded_at"], erasable=True),
        AppendOnly("contactconsent", "people_contactconsent_appended", may_set=["withdrawn_at"], erasable=True),
    ]
