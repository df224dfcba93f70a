from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("activities", "0021_consultations_and_results")]

    operations = [
        AppendOnly(model, f"activities_{model}_appended", may_set=["superseded_at"], erasable=True)
        for model in ("consultationanswer", "speakerinput", "voice", "outcome", "bulkserved")
    ]
