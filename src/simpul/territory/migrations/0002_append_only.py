from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_areas")]

    operations = [
        AppendOnly("Crosswalk", "territory_crosswalk_appended", may_set=["superseded_at"]),
        AppendOnly("Holiday", "territory_holiday_appended", may_set=["superseded_at"]),
    ]
