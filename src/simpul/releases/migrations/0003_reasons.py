"""Whoever agrees says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_frozen")]

    operations = [
        migrations.AddField("approval", "reason", models.TextField(default=""), preserve_default=False),
    ]
