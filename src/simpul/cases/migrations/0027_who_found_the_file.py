"""Who found the file of a request, and when: kept in the request, and no more in the record of acts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_changing_hands")]

    operations = [
        migrations.AddField("rightsrequest", "found_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "rightsrequest",
            "found_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
    ]
