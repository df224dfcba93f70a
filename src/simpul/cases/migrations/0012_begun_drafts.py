"""Which drafts somebody has written in: the others make room first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_retention_is_appended")]

    operations = [
        migrations.AddField(
            "complaintdraft", "begun", models.BooleanField(default=False, editable=False)
        ),
        migrations.AddIndex(
            "complaintdraft", models.Index(fields=["begun", "expires_at"], name="complaint_drafts_idle")
        ),
    ]
