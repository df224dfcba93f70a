from django.db import migrations

from simpul.records.operations import AppendOnly, NoOverlap

CURRENT = "superseded_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0011_memberships_and_accompaniments")]

    operations = [
        NoOverlap(
            "membership",
            "organisations_membership_no_overlap",
            ["member_id", "network_id", "role"],
            where=CURRENT,
        ),
        AppendOnly("membership", "organisations_membership_appended", may_set=["superseded_at"], erasable=True),
        NoOverlap(
            "accompaniment",
            "organisations_accompaniment_no_overlap",
            ["supporter_id", "group_id"],
            where=CURRENT,
        ),
        AppendOnly("accompaniment", "organisations_accompaniment_appended", may_set=["superseded_at"], erasable=True),
        AppendOnly("declaredreach", "organisations_declaredreach_appended", may_set=["superseded_at"], erasable=True),
    ]
