"""Handing a case over: by what right each of those it is about, what is told before, and that nobody answered."""

import django.db.models.deletion
import simpul.kernel.ids
import simpul.records.models
import simpul.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0025_indexes_of_the_desk'),
        ('organisations', '0029_secretariat_rows_only_appended'),
        ('people', '0004_erased_persons'),
    ]

    operations = [
        migrations.CreateModel(
            name='TransferGround',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('shared', simpul.vault.fields.SealedJSONField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='cases_transfer_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='cases_transfer_state',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='cases_transfer_decided',
        ),
        migrations.AddField(
            model_name='transfer',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='fields',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='state',
            field=models.CharField(choices=[('draft', 'Being prepared'), ('asked', 'Waits for their answer'), ('unanswered', 'Not answered'), ('accepted', 'Taken over'), ('refused', 'Not taken over'), ('revoked', 'Taken back')], default='draft', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'asked', 'unanswered'))), fields=('case',), name='cases_transfer_one_open'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'asked', 'unanswered', 'accepted', 'refused', 'revoked'])), name='cases_transfer_state'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state__in', ('draft', 'asked', 'unanswered'))), models.Q(models.Q(('state__in', ('draft', 'asked', 'unanswered')), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='cases_transfer_decided'),
        ),
        migrations.AddField(
            model_name='transferground',
            name='legal_basis',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.legalbasis'),
        ),
        migrations.AddField(
            model_name='transferground',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfer_grounds', to='cases.party'),
        ),
        migrations.AddField(
            model_name='transferground',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grounds', to='cases.transfer'),
        ),
        migrations.AddConstraint(
            model_name='transferground',
            constraint=models.UniqueConstraint(fields=('transfer', 'party'), name='cases_transferground_once'),
        ),
    ]
