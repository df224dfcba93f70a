from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("activities", "0019_forum_stages")]

    operations = [
        AppendOnly("forumstage", "activities_forumstage_appended", may_set=["superseded_at"], erasable=True),
    ]
