from django.db import migrations

from simpul.records.operations import AppendOnly, NoOverlap


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_rules_and_clocks")]

    operations = [
        NoOverlap(
            "ClockRule",
            "deadlines_clockrule_one_at_a_time",
            ("place", "code"),
            where="superseded_at IS NULL AND NOT shipped",
        ),
        AppendOnly(
            "ClockRule", "deadlines_clockrule_appended", may_set=("valid_until", "superseded_at"), erasable=True
        ),
        AppendOnly("Alert", "deadlines_alert_appended", erasable=True),
    ]
