"""Why a deadline stands still: somebody waits for the person, never for us. Plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PauseReason(models.TextChoices):
    DECIDES = "person_decides", _("They think it over")
    BRINGS = "person_brings", _("They get a paper or bring somebody")
    RESTS = "person_rests", _("They are ill, or need rest")
    AWAY = "person_away", _("They are away, or can't be reached safely")
