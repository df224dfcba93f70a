"""What a network's secretariat does for its members: vocabularies, as the field speaks."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

MANAGE: Final = "membership.manage"


class ServiceKind(models.TextChoices):
    DIRECTORY = "LS.01", _("Keeping the directory true")
    CALENDAR = "LS.02", _("Common calendar")
    MEETING = "LS.03", _("Regular meeting and minutes")
    INFORMATION = "LS.04", _("Passing on information")
    MAPPING = "LS.05", _("Mapping who does what where (3W/4W)")
    REPORT = "LS.06", _("Regular report: progress, problems, proposals")
    LIAISON = "LS.07", _("Contact to government or cluster")
    MATCHING = "LS.08", _("Matching needs and resources")
    KNOWLEDGE = "LS.09", _("Keeping knowledge")
    COMPLAINT = "LS.10", _("Handling a member's complaint")
    POSITION = "LS.11", _("Preparing a common position")
    ORIENTATION = "LS.12", _("Welcoming a new member")


class ServiceOutcome(models.TextChoices):
    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly")
    WAITING = "waiting", _("Waits for somebody else")
    NOT_POSSIBLE = "not_possible", _("Not possible")


class ReadinessStage(models.TextChoices):
    """In this order: nobody is ready who was not trained, and no network is formed by who is not ready."""

    TRAINED = "trained", _("Trained")
    READY = "ready", _("Declared ready")
    FORMED = "formed", _("Network formed")


class BoardSide(models.TextChoices):
    NEED = "need", _("We need")
    OFFER = "offer", _("We offer")


class ResourceKind(models.TextChoices):
    PEOPLE = "people", _("People and time")
    KNOWLEDGE = "knowledge", _("Knowledge and training")
    PLACE = "place", _("A place")
    TOOLS = "tools", _("Tools and goods")
    TRANSPORT = "transport", _("Transport")
    MONEY = "money", _("Money")
    OTHER = "other", _("Something else")
