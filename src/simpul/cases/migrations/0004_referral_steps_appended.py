from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_referrals")]

    operations = [
        AppendOnly("ReferralStep", "cases_referralstep_appended", erasable=True, sealed=("words",)),
    ]
