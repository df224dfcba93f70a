"""What was opened in an emergency, and why, is never rewritten; that it was closed early is noted once."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("access", "0005_emergencies")]

    operations = [
        AppendOnly("emergencyopening", "access_emergency_appended", may_set=["closed_at"], sealed=["reason"]),
        AppendOnly("deputy", "access_deputy_appended", may_set=["ended_at"], erasable=True),
    ]
