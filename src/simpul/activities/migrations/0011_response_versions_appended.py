from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("activities", "0010_responses")]

    operations = [
        AppendOnly("responseactivity", "activities_responseactivity_appended", may_set=["superseded_at"], erasable=True),
        AppendOnly("activitypart", "activities_activitypart_appended", erasable=True),
        AppendOnly("reportedneed", "activities_reportedneed_appended", may_set=["superseded_at"], erasable=True),
    ]
