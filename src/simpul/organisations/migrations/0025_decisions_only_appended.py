from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("organisations", "0024_membership_decisions")]

    operations = [
        AppendOnly(
            "membershipdecision",
            "organisations_membershipdecision_appended",
            may_set=["superseded_at"],
            erasable=True,
            sealed=["why"],
        ),
    ]
