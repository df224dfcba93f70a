"""A published figure can be counted again as it was: what figures knew is never changed."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_counted_before")]

    operations = [
        AppendOnly("countedvictim", "cases_countedvictim_appended", may_set=["superseded_at"]),
        AppendOnly("countedtype", "cases_countedtype_appended"),
    ]
