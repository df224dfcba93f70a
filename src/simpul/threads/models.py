"""Links between records of any context. A link is a fact that is appended; taking it back supersedes it."""

from django.db import models
from django.db.models import F, Q

from simpul.kernel.refs import RecordRef
from simpul.records.models import Known, Record


class Link(Record, Known):
    """`source` is `relation` to `target`: this complaint *became* that case, this brief *is evidence for* that draft.

    Neither end is a foreign key: an end may live in any context, and may be erased while the link stays. A link never
    changes the state of what it ties.
    """

    source_kind = models.CharField(max_length=80)
    source_id = models.UUIDField()
    relation = models.CharField(max_length=40)
    target_kind = models.CharField(max_length=80)
    target_id = models.UUIDField()
    # The account, by id alone: erasing an account is not held up by the links it made.
    created_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="threads_link_current",
                fields=["source_kind", "source_id", "relation", "target_kind", "target_id"],
                condition=Q(superseded_at=None),
            ),
            models.CheckConstraint(
                name="threads_link_not_to_itself",
                condition=~Q(source_kind=F("target_kind"), source_id=F("target_id")),
            ),
        ]
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="threads_link_by_target"),
            models.Index(fields=["source_kind", "source_id"], name="threads_link_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"

    @property
    def source(self) -> RecordRef:
        return RecordRef(self.source_kind, self.source_id)

    @property
    def target(self) -> RecordRef:
        return RecordRef(self.target_kind, self.target_id)
