"""What was taken out, by whom and why, stays as it was written; what happens to it later is set once."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_exports")]

    operations = [
        AppendOnly("exportedcase", "cases_exportedcase_appended", ["erased_at"], erasable=True),
    ]
