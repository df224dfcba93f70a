"""Since when the words of an export and of a breach are kept no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_who_found_the_file")]

    operations = [
        migrations.AddField("caseexport", "emptied_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("databreach", "emptied_at", models.DateTimeField(editable=False, null=True)),
    ]
