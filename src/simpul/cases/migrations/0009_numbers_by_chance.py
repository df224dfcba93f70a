from django.db import migrations


class Migration(migrations.Migration):
    """Counted numbers gave away, by their gaps, that there were other cases."""

    dependencies = [("cases", "0008_referral_ground")]

    operations = [migrations.RemoveField(model_name="caseseries", name="last")]
