"""What was said and agreed: the text of the minutes (*notulensi*) and of the official record (*berita acara*)."""

from django.db import models

from simpul.activities.models.events import Event
from simpul.records.models import Record, Versioned
from simpul.vault.fields import SealedJSONField, SealedTextField


class Minutes(Record, Versioned):
    """One for each event. Who led, who wrote and who signs are names: encrypted, and printed on the paper alone.

    `signers` is [[name, office], ...]: those who sign the official record beside the leader and the writer.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="minutes")
    number = models.CharField(max_length=60, blank=True)  # the host's own number of the letter
    led_by = SealedTextField(null=True)
    written_by = SealedTextField(null=True)
    agenda = models.TextField(blank=True)
    discussion = models.TextField(blank=True)
    decisions = models.JSONField(default=list)  # sentences
    signers = SealedJSONField(null=True)
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return str(self.event_id)
