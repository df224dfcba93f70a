"""Guarded as they are now: SQLite drops a guard with the table it remakes, and no guard knows a column added later."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_every_end_agreed_to")]

    operations = [
        AppendOnly(
            "closurerequest",
            "cases_closurerequest_appended",
            ["decided_at", "decided_by_id", "approved"],
            erasable=True,
            sealed=["reason", "words"],
        ),
        AppendOnly(
            "caseexport",
            "cases_caseexport_appended",
            ["prepared_at", "case_count", "collected_at", "recalled_at", "recalled_by_id", "ended_at", "emptied_at"],
            erasable=True,
            sealed=["reason", "unmasking_reason"],
        ),
    ]
