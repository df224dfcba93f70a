"""What was taken out, by whom and why, stays as it was written; what happens to it later is set once."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_exports")]

    operations = [
        AppendOnly(
            "caseexport",
            "cases_caseexport_appended",
            ["prepared_at", "case_count", "collected_at", "recalled_at", "recalled_by_id", "ended_at"],
            erasable=True,
            sealed=["reason", "unmasking_reason"],
        ),
        AppendOnly("exportedcase", "cases_exportedcase_appended", ["erased_at"], erasable=True),
    ]
