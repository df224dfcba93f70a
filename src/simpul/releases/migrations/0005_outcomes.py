"""A table of what came of cases."""

from django.db import migrations, models

TABLES = (
    "nation-month", "nation-year-outcome", "province-month", "regency-quarter", "regency-quarter-age", "district-year",
    "district-year-sex", "village-year", "village-year-sex",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_approvals_frozen")]

    operations = [
        migrations.AlterField(
            "publishedcell", "table", models.CharField(max_length=20, choices=[(key, key) for key in TABLES])
        ),
    ]
