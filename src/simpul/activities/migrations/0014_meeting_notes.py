import django.db.models.deletion
from django.db import migrations, models

import simpul.kernel.ids
import simpul.records.models
import simpul.vault.fields


class Migration(migrations.Migration):
    dependencies = [("activities", "0013_door_digests")]

    operations = [
        migrations.CreateModel(
            name="MeetingNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "origin_node",
                    models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("discussed", "Discussed"), ("decided", "Decided"), ("asked", "Asked")], max_length=9
                    ),
                ),
                ("text", simpul.vault.fields.SealedTextField()),
                ("noted_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("recorded_by", models.UUIDField(editable=False, null=True)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="activities.session"
                    ),
                ),
            ],
            options={
                "ordering": ["noted_at", "id"],
                "indexes": [models.Index(models.F("session"), models.F("noted_at"), name="note_of_session")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["discussed", "decided", "asked"])),
                        name="activities_meetingnote_kind",
                    )
                ],
            },
        ),
    ]
