"""What an import holds while it is on its way, and what it remembers afterwards."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class State(models.TextChoices):
    """Where an import stands. `rules.LIFECYCLE` says what leads where."""

    RECEIVING = "receiving", _("being read")
    MAPPING = "mapping", _("columns to be named")
    CHECKING = "checking", _("being checked")
    REVIEW = "review", _("to be looked through")
    APPLYING = "applying", _("being written")
    DONE = "done", _("written")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


class RowState(models.TextChoices):
    STAGED = "staged", _("not checked yet")
    READY = "ready", _("ready")
    FAULTY = "faulty", _("to be mended")
    ALIKE = "alike", _("perhaps a double")


class Decision(models.TextChoices):
    NONE = "", _("not decided")
    NEW = "new", _("keep both")
    MERGE = "merge", _("merge")
    SKIP = "skip", _("leave out")


class Outcome(models.TextChoices):
    WAITING = "", _("not yet")
    WRITTEN = "written", _("entered")
    MERGED = "merged", _("merged")
    SKIPPED = "skipped", _("left out")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("taken back")
    KEPT = "kept", _("can't be taken back")


class ImportBatch(Record):
    """One file on its way in. `organisation_id` is whose import it is, None where it is the importer's own.

    The name of the file and the names of its sheets and columns are sealed: people write anything into them.
    """

    recipe = models.CharField(max_length=30)
    organisation_id = models.UUIDField(null=True)
    imported_by = models.UUIDField()  # account
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVING)
    file_name = SealedTextField()
    outline = SealedJSONField()  # {"sheets": [{"name", "rows", "width", "notes"}], "encoding", "delimiter"}
    digest = models.CharField(max_length=64)
    sheet = models.PositiveSmallIntegerField(default=0)
    header_row = models.PositiveIntegerField(default=1)
    header_depth = models.PositiveSmallIntegerField(default=1)
    mapping = models.JSONField(default=dict)  # place of the column, as text -> name of the recipe's column
    options = models.JSONField(default=dict)  # the recipe's own: codes and ids
    received_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [models.CheckConstraint(name="interop_importbatch_state", condition=Q(state__in=State.values))]
        indexes = [
            models.Index(fields=["organisation_id", "-received_at"], name="importbatch_of"),
            models.Index(fields=["imported_by", "-received_at"], name="importbatch_by"),
            models.Index(fields=["digest"], name="importbatch_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.recipe} {self.pk}"

    @property
    def places(self) -> dict[int, str]:
        """Place of the column -> name of the recipe's column."""
        return {int(place): name for place, name in self.mapping.items() if name}


class ImportRow(Record):
    """One row of the file. Its cells are sealed, and gone once it has been written or the import has been dropped.

    `twins` are the entries it may repeat: [{"key": "organisations.organisation:..." | "row:17", "why", "score"}].
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    cells = SealedJSONField(null=True)
    state = models.CharField(max_length=6, choices=RowState, default=RowState.STAGED)
    faults = models.JSONField(default=list)  # [[column, code]]: the words are made for whoever reads them
    twins = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=Decision, blank=True, default=Decision.NONE)
    into = models.CharField(max_length=120, blank=True, default="")  # key of the twin it is merged into
    winning = models.JSONField(default=list)  # columns whose words replace what is there
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default=Outcome.WAITING)
    made = models.CharField(max_length=120, blank=True, default="")  # str(RecordRef) of what became of it
    undo = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True, default="")  # why it was refused or kept: a message of ours

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="interop_importrow_once"),
            models.CheckConstraint(name="interop_importrow_state", condition=Q(state__in=RowState.values)),
            models.CheckConstraint(name="interop_importrow_decision", condition=Q(decision__in=Decision.values)),
            models.CheckConstraint(name="interop_importrow_outcome", condition=Q(outcome__in=Outcome.values)),
        ]
        indexes = [
            models.Index(fields=["batch", "sheet", "state", "number"], name="importrow_by_state"),
            models.Index(fields=["batch", "sheet", "outcome", "number"], name="importrow_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class ColumnMemory(Record):
    """How an organisation (or, without one, an account) named the columns of a file with these heads.

    Heads are kept as keyed digests: where the first row of people was taken for the heads, nobody's name is kept.
    """

    keeper = models.UUIDField()
    recipe = models.CharField(max_length=30)
    signature = models.CharField(max_length=64)  # of all the heads together
    mapping = models.JSONField(default=dict)  # digest of a head -> name of the recipe's column, "" for left out
    options = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keeper", "recipe", "signature"], name="interop_columnmemory_once")
        ]

    def __str__(self) -> str:
        return f"{self.recipe} {self.keeper}"


class WordMemory(Record):
    """What a word of somebody's form stands for in a column of codes; "" for a word that says nothing.

    Words are kept as keyed digests: where names stand in such a column, no name is kept.
    """

    keeper = models.UUIDField()
    recipe = models.CharField(max_length=30)
    column = models.CharField(max_length=30)
    digest = models.CharField(max_length=32)
    code = models.CharField(max_length=30, blank=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keeper", "recipe", "column", "digest"], name="interop_wordmemory_once")
        ]

    def __str__(self) -> str:
        return f"{self.recipe} {self.column}"


WAITING: Final = (State.RECEIVING, State.MAPPING, State.CHECKING, State.REVIEW)
