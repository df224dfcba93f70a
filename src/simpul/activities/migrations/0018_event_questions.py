import django.db.models.deletion
import simpul.kernel.ids
import simpul.records.localized
import simpul.records.models
import simpul.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("activities", "0017_invitations_by_name")]

    operations = [
        migrations.CreateModel(
            name='EventAnswer',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('value', simpul.vault.fields.SealedJSONField()),
            ],
        ),
        migrations.CreateModel(
            name='EventQuestion',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('text', 'In words'), ('one', 'One of several answers'), ('several', 'Any of several answers'), ('number', 'A number')], max_length=7)),
                ('label', simpul.records.localized.LocalizedTextField()),
                ('choices', models.JSONField(default=list)),
                ('is_required', models.BooleanField(default=False)),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='eventanswer',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='activities.participant'),
        ),
        migrations.AddField(
            model_name='eventquestion',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='activities.event'),
        ),
        migrations.AddField(
            model_name='eventanswer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='activities.eventquestion'),
        ),
        migrations.AddIndex(
            model_name='eventquestion',
            index=models.Index(models.F('event'), models.F('position'), name='eventquestion_in_order'),
        ),
        migrations.AddConstraint(
            model_name='eventquestion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'one', 'several', 'number'])), name='activities_eventquestion_kind'),
        ),
        migrations.AddConstraint(
            model_name='eventanswer',
            constraint=models.UniqueConstraint(fields=('question', 'participant'), name='activities_eventanswer_once'),
        ),
    ]
