"""An erasure is never taken back; only that it stands in the journal is noted once."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_erasures")]

    operations = [AppendOnly("Erasure", "audit_erasure_append_only", may_set=("journaled_at",))]
