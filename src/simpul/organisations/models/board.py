"""The board of a network: what its members need and offer. Who reaches whom is told once both have agreed."""

from django.db import models
from django.db.models import F, Q

from simpul.organisations.models.organisations import Organisation
from simpul.organisations.secretariat import BoardSide, ResourceKind
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class BoardEntry(Record):
    """On the board up to the day before `until`, or until it is closed. `contact` is told to whoever is agreed with."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="board")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="board_entries")
    side = models.CharField(max_length=5, choices=BoardSide.choices)
    kind = models.CharField(max_length=9, choices=ResourceKind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=1000, blank=True)
    contact = SealedTextField()
    posted_on = models.DateField()
    until = models.DateField()
    posted_at = models.DateTimeField(editable=False)
    posted_by = models.UUIDField(null=True, editable=False)  # person
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisations_boardentry_side", condition=Q(side__in=BoardSide.values)),
            models.CheckConstraint(name="organisations_boardentry_kind", condition=Q(kind__in=ResourceKind.values)),
            models.CheckConstraint(name="organisations_boardentry_until", condition=Q(until__gt=F("posted_on"))),
        ]
        indexes = [models.Index(fields=["network", "until"], condition=Q(closed_at=None), name="boardentry_open")]

    def __str__(self) -> str:
        return self.title


class BoardReply(Record):
    """One answer of one organisation. `agreed_at`: the one who posted said yes."""

    entry = models.ForeignKey(BoardEntry, models.CASCADE, related_name="replies")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="board_replies")
    words = models.TextField(max_length=500)
    contact = SealedTextField()
    replied_at = models.DateTimeField(editable=False)
    replied_by = models.UUIDField(null=True, editable=False)  # person
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="organisations_boardreply_once", fields=["entry", "organisation"])]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.organisation_id}"
