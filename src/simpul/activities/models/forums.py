"""How a learning forum came to be: a stage for each step on its way, with where that can be seen."""

from django.db import models
from django.db.models import Q

from simpul.activities.forum_life import Stage
from simpul.activities.models.events import Event
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import Sector
from simpul.records.models import Known, Record


class ForumStage(Record, Known):
    """The forum reached this stage on that day. Advocacy is reached once for each theme; the others once.

    `event` is the meeting at which it was reached, where there was one. Papers that show it are its documents.
    """

    forum = models.ForeignKey(Organisation, models.CASCADE, related_name="forum_stages")
    stage = models.CharField(max_length=9, choices=Stage.choices)
    theme = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    reached_on = models.DateField()
    evidence = models.CharField(max_length=300)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="forum_stages")
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["reached_on", "id"]
        constraints = [
            models.CheckConstraint(name="activities_forumstage_stage", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="activities_forumstage_theme",
                condition=Q(stage=Stage.ADVOCACY, theme__in=Sector.values) | (~Q(stage=Stage.ADVOCACY) & Q(theme="")),
            ),
            models.UniqueConstraint(
                name="activities_forumstage_once",
                fields=["forum", "stage", "theme"],
                condition=Q(superseded_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.stage}"
