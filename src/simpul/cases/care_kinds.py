"""Care for those who help: how they are, what weighs on them, what threatens them, how they are relieved."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckinReaders(models.TextChoices):
    """Whom an organisation lets read how its companions are. Whoever writes is told before they write."""

    CHOSEN = "chosen", _("Only whom the companion chooses")
    COORDINATOR = "coordinator", _("The coordinator too")


class Feeling(models.TextChoices):
    WELL = "well", _("Well")
    TIRED = "tired", _("Tired")
    HEAVY = "heavy", _("It is heavy")


class Weight(models.TextChoices):
    """What weighs on somebody who accompanies others."""

    STORIES = "stories", _("What I hear stays with me")
    TOO_MANY = "too_many", _("Too much at once")
    FAMILY = "family", _("Time for my family")
    MONEY = "money", _("Money for transport and phone")
    ALONE = "alone", _("I am alone with it")
    PRESSURE = "pressure", _("Pressure from people around")
    UNSURE = "unsure", _("I don't know whether I do it right")


class Relief(models.TextChoices):
    """What would help."""

    TALK = "talk", _("Somebody to talk with")
    REST = "rest", _("Some days of rest")
    SHARE = "share", _("Share the work with somebody")
    LEARN = "learn", _("Learn how to do it")
    COUNSELLOR = "counsellor", _("A counsellor")
    NOTHING = "nothing", _("Nothing just now")


class Danger(models.TextChoices):
    THREATENED = "threatened", _("Somebody threatened me")
    FOLLOWED = "followed", _("Somebody follows or watches me")
    HOME = "home", _("Somebody came to my home")
    ONLINE = "online", _("By phone or online")
    FAMILY = "family", _("My family is threatened")
    HURT = "hurt", _("Somebody hurt me")
    OTHER = "other", _("Something else frightens me")


class Asked(models.TextChoices):
    """Whether the person assisted was asked before somebody else came to help them."""

    AGREES = "agrees", _("They agree")
    WISHES = "wishes", _("They wished it themselves")
    UNSAFE = "unsafe", _("Asking now would endanger them")
