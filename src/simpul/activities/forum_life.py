"""The way a learning forum comes to be, as practice has it: each stage rests on the one before."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    MAPPED = "mapped", pgettext_lazy("forum", "Who is there was mapped")
    READY = "ready", pgettext_lazy("forum", "Members signed that they are ready")
    NAMED = "named", pgettext_lazy("forum", "A name was agreed on")
    PRESIDIUM = "presidium", pgettext_lazy("forum", "A presidium was chosen")
    LAUNCHED = "launched", pgettext_lazy("forum", "It was launched with its partners")
    ADVOCACY = "advocacy", pgettext_lazy("forum", "Advocates a policy")


ORDER: Final = tuple(Stage)
MIXED: Final = 2  # types of stakeholder among its members, from which on a forum is one of several parties


class Lack(models.TextChoices):
    """What the list of members does not show yet, though a stage needs it."""

    SIGNED = "nobody_signed", _("No member's statement of readiness is noted in the list of members.")
    PRESIDIUM = "no_presidium", _("Nobody is in the presidium, by the list of members.")
    PARTIES = "one_sided", _("Its members are of one kind alone. A forum has members of at least two kinds.")


def before(stage: str) -> Stage | None:
    """The stage that this one rests on."""
    place = ORDER.index(Stage(stage))
    return ORDER[place - 1] if place else None
