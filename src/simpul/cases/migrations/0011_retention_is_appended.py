"""What was decided about keeping stays as it was decided; what is left of an erased case is never changed."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_rights_and_retention")]

    operations = [
        AppendOnly("retentionrule", "cases_retentionrule_appended", erasable=True),
        AppendOnly("retentionextension", "cases_extension_appended", erasable=True, sealed=["reason"]),
        AppendOnly("retentionwarning", "cases_retentionwarning_appended", erasable=True),
        AppendOnly("casetombstone", "cases_casetombstone_appended", erasable=True),
    ]
