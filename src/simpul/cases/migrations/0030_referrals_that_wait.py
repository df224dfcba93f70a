from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_complaints_of_the_node")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("stage"), models.F("case"), condition=models.Q(("ended_at", None)), name="referral_open"
            ),
        ),
    ]
