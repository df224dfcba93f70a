from django.db import migrations

from simpul.records.operations import NoOverlap

KNOWN_NOW = "superseded_at IS NULL"


class Migration(migrations.Migration):
    """Last, and apart: on SQLite these are triggers, which a later change of the table would drop."""

    dependencies = [("organisations", "0008_directory")]

    operations = [
        NoOverlap("OrganisationName", "organisations_organisationname_alone", ["organisation_id"], KNOWN_NOW),
        NoOverlap("WorkingArea", "organisations_workingarea_once", ["organisation_id", "area_id"], KNOWN_NOW),
        NoOverlap("UnitPlacement", "organisations_unitplacement_one_parent", ["organisation_id"], KNOWN_NOW),
        NoOverlap("BoardTerm", "organisations_boardterm_alone", ["organisation_id"], KNOWN_NOW),
    ]
