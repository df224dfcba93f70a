"""What the database keeps by itself: one grant at a time for one role and place, and grants that are appended."""

from django.db import migrations

from simpul.records.operations import AppendOnly, NoOverlap


class Migration(migrations.Migration):
    dependencies = [("access", "0001_grants")]

    operations = [
        NoOverlap(
            "grant",
            "access_grant_overlap",
            ["person_id", "role", "organisation_id", "area_code"],
            where="superseded_at IS NULL",
        ),
        # NULL equals nothing, so the whole node needs a comparison of its own.
        NoOverlap(
            "grant",
            "access_grant_overlap_node",
            ["person_id", "role", "area_code"],
            where="organisation_id IS NULL AND superseded_at IS NULL",
        ),
        AppendOnly(
            "grant", "access_grant_appended", may_set=["superseded_at", "ended_by_id", "end_reason"], erasable=True
        ),
    ]
