import django.db.models.deletion
import simpul.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("activities", "0016_reservations_end")]

    operations = [
        # A sealed column is a text to the database; what it would fill it with is never sealed by a migration.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField("invitation", "name", models.TextField(null=True)),
                migrations.AddField("invitation", "reach", models.TextField(null=True)),
            ],
            state_operations=[
                migrations.AddField("invitation", "name", simpul.vault.fields.SealedTextField(null=True)),
                migrations.AddField("invitation", "reach", simpul.vault.fields.SealedTextField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='invitation',
            name='code_digest',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='invitation',
            name='office',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='invitation',
            name='registration',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to='activities.registration'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('code_digest', ''), _negated=True), fields=('code_digest',), name='activities_invitation_code'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name__isnull', True), ('organisation__isnull', False)), models.Q(('name__isnull', False), ('organisation__isnull', True)), _connector='OR'), name='activities_invitation_to_one'),
        ),
    ]
