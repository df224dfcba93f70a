from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_acts_and_batches")]

    operations = [
        AppendOnly("Act", "audit_act_append_only", may_set=("batch_id",)),
        AppendOnly("Batch", "audit_batch_append_only"),
    ]
