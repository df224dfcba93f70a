from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0012_after_events")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="door_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
    ]
