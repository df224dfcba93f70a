from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_events")]

    operations = [
        AppendOnly("eventstep", "activities_eventstep_appended", erasable=True),
        AppendOnly("headcount", "activities_headcount_appended", may_set=["superseded_at"], erasable=True),
    ]
