"""What was said and decided about a complaint stays as it was said and decided.

A person who goes leaves the place of who wrote or decided empty; so does a complaint that another one repeated.
"""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_begun_drafts")]

    operations = [
        AppendOnly(
            "complaintmessage", "cases_complaintmessage_appended", erasable=True, sealed=["words", "written_by_id"]
        ),
        AppendOnly(
            "complaintdecision",
            "cases_complaintdecision_appended",
            erasable=True,
            sealed=["reason", "words", "decided_by_id", "same_as_id"],
        ),
    ]
