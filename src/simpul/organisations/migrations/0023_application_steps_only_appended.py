from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("organisations", "0022_membership_applications")]

    operations = [
        AppendOnly(
            "applicationstep",
            "organisations_applicationstep_appended",
            erasable=True,
            sealed=["words", "membership_id"],
        ),
        AppendOnly("applicationcheck", "organisations_applicationcheck_appended", erasable=True),
        AppendOnly(
            "applicationcall",
            "organisations_applicationcall_appended",
            may_set=["closed_at", "closed_by"],
            erasable=True,
        ),
    ]
