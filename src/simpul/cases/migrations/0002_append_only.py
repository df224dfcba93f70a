"""What happened to a case, and who looked at it, is appended; only erasing somebody's data takes it away."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]

    operations = [
        AppendOnly("casestep", "cases_casestep_appended", erasable=True, sealed=["reason"]),
        AppendOnly("opening", "cases_opening_appended", erasable=True),
    ]
