"""What was decided about a desk, asked, handed over and told of oneself stays as it was."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_supervision_and_care")]

    operations = [
        AppendOnly("deskrules", "cases_deskrules_appended", ["ended_at"]),
        AppendOnly("handover", "cases_handover_appended", erasable=True, sealed=["reason"]),
        AppendOnly("checkin", "cases_checkin_appended", erasable=True, sealed=["answers", "shared_with_id"]),
    ]
