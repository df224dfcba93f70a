from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("activities", "0015_presences")]

    operations = [
        migrations.AddField(
            model_name='seatreservation',
            name='until',
            field=models.DateTimeField(null=True),
        ),
    ]
