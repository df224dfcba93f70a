"""The table of agreements was made anew on SQLite, which dropped what keeps it as it is."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("releases", "0003_reasons")]

    operations = [AppendOnly("approval", "releases_approval_appended")]
