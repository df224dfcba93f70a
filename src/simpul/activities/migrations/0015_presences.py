import django.db.models.deletion
import simpul.kernel.ids
import simpul.records.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("activities", "0014_meeting_notes")]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
            ],
            options={
                'ordering': ['began_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='presence',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='activities.participant'),
        ),
        migrations.AddField(
            model_name='presence',
            name='session',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='activities.session'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(condition=models.Q(('session', None)), fields=('participant', 'began_at', 'ended_at'), name='activities_presence_once'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(condition=models.Q(('session__isnull', False)), fields=('participant', 'session', 'began_at', 'ended_at'), name='activities_presence_once_in_room'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.CheckConstraint(condition=models.Q(('began_at__lt', models.F('ended_at'))), name='activities_presence_in_order'),
        ),
    ]
