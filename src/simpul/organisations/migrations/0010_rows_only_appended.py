from django.db import migrations

from simpul.records.operations import AppendOnly

CORRECTED = ("superseded_at",)


class Migration(migrations.Migration):
    """What was known is not rewritten. Rows go only with their organisation, when that is erased."""

    dependencies = [("organisations", "0009_periods_that_never_overlap")]

    operations = [
        AppendOnly("OrganisationName", "organisations_organisationname_kept", CORRECTED, erasable=True),
        AppendOnly("WorkingArea", "organisations_workingarea_kept", CORRECTED, erasable=True),
        AppendOnly("UnitPlacement", "organisations_unitplacement_kept", CORRECTED, erasable=True),
        AppendOnly("Division", "organisations_division_kept", CORRECTED, erasable=True),
        AppendOnly("Decree", "organisations_decree_kept", CORRECTED, erasable=True),
        AppendOnly("BoardTerm", "organisations_boardterm_kept", CORRECTED, erasable=True),
        AppendOnly("Declaration", "organisations_declaration_kept", erasable=True),
        AppendOnly("Confirmation", "organisations_confirmation_kept", erasable=True),
        AppendOnly("ServicePointVerification", "organisations_verification_kept", erasable=True),
    ]
