from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("threads", "0001_link")]

    operations = [AppendOnly("link", "threads_link_appended", may_set=["superseded_at"], erasable=True)]
