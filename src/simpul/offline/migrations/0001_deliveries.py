import django.db.models.deletion
from django.db import migrations, models

import simpul.kernel.ids
import simpul.records.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("activities", "0014_meeting_notes")]

    operations = [
        migrations.CreateModel(
            name="Delivery",
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
                ("device", models.UUIDField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arrival", "Arrival"),
                            ("stranger", "Came without registering"),
                            ("note", "Note of the meeting"),
                        ],
                        max_length=8,
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("target", models.UUIDField(editable=False)),
                ("was_there", models.BooleanField()),
                ("receipt", models.CharField(editable=False, max_length=11, unique=True)),
                ("noted_at", models.DateTimeField(editable=False)),
                ("received_at", models.DateTimeField(editable=False)),
                ("recorded_by", models.UUIDField(editable=False, null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.session"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["received_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["arrival", "stranger", "note"])), name="offline_delivery_kind"
                    )
                ],
            },
        ),
    ]
