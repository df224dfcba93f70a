from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("organisations", "0028_secretariat_services")]

    operations = [
        AppendOnly("announcementversion", "organisations_announcementversion_appended", erasable=True),
        AppendOnly("announcementreading", "organisations_announcementreading_appended", erasable=True),
        AppendOnly(
            "servicerecord", "organisations_servicerecord_appended", may_set=["superseded_at"], erasable=True
        ),
        AppendOnly(
            "readinessrecord", "organisations_readinessrecord_appended", may_set=["superseded_at"], erasable=True
        ),
        AppendOnly(
            "boardentry",
            "organisations_boardentry_appended",
            may_set=["closed_at", "closed_by"],
            erasable=True,
            sealed=["contact"],
        ),
        AppendOnly(
            "boardreply",
            "organisations_boardreply_appended",
            may_set=["agreed_at", "agreed_by"],
            erasable=True,
            sealed=["contact"],
        ),
    ]
