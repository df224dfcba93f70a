"""What a complaint may say of itself, in the words of who makes it; what may be decided about it.

Every question may be answered "I don't know yet" or "I'd rather not say": both are answers, and neither is asked again.
"""

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.cases.kinds import PROTECTED_FAMILIES

LIFE_OF_A_DRAFT_MINUTES: Final = 30
LONGEST: Final = 8_000  # characters of what happened
SHORT: Final = 200  # characters of a name, an office, an hour of the day
MOST_FILES: Final = 4


class ReportedBy(models.TextChoices):
    """Who makes the complaint, seen from whom it is about."""

    SELF = "self", _("Myself")
    OTHER = "other", _("Somebody else")
    ANONYMOUS = "anonymous", _("I'd rather not say who I am")


class Matter(models.TextChoices):
    """What it is about, as somebody on the phone would say it: the families of case types, in plain words."""

    VIOLENCE = "K", _("Somebody is hurt, threatened, forced or left without care")
    CHILD_MARRIAGE = "PA", _("A child is married off, or about to be")
    PAPERS = "AD", _("Papers: KTP, family card, birth certificate")
    INSURANCE = "JK", _("Health insurance: BPJS, JKN")
    AID = "BS", _("Social assistance: PKH, food aid, village cash aid")
    DISABILITY = "DS", _("Disability: aids, card, school")
    OLD_AGE = "LN", _("An older person who needs care")
    MIGRANTS = "PM", _("Work abroad")
    EDUCATION = "PD", _("School")
    HEALTH = "KS", _("Health of a mother, a child, the mind")
    LIVELIHOOD = "EK", _("Business, debts, online loans")
    LAW = "HK", _("Family, land, law")
    PUBLIC_SERVICE = "LP", _("Bad service, illegal levies, broken public works")
    DISASTER = "BC", _("Disaster")
    ELSE = "LX", _("Something else")
    UNSURE = "unsure", _("I don't know yet")
    WITHHELD = "withheld", _("I'd rather not say")


class About(models.TextChoices):
    """Whom it is about. It decides who may not receive it."""

    NOBODY = "nobody", _("Nobody: something is stuck, or help is needed")
    PERSON = "person", _("Somebody at home, a neighbour, another person")
    GROUP = "group", _("A volunteer of the village group, or the group itself")
    VILLAGE = "village", _("The village office or somebody who works there")
    OFFICE = "office", _("Another office, school, clinic, the police")
    UNSURE = "unsure", _("I don't know yet")
    WITHHELD = "withheld", _("I'd rather not say")


class ContactWish(models.TextChoices):
    """How we may reach them."""

    NONE = "none", _("Don't contact me")
    PHONE = "phone", _("By phone or WhatsApp")
    VIA = "via", _("Through somebody I trust")
    UNSURE = "unsure", _("I don't know yet")


class Level(models.TextChoices):
    """Who answers it: the group of the village, whoever accompanies groups above it, or whoever Simpul names."""

    GROUP = "group", _("Village group")
    ABOVE = "above", _("Supervisor above the group")
    NODE = "node", _("Whoever receives complaints here")


class Verdict(models.TextChoices):
    """What was decided. A complaint is decided once; an appeal is another complaint."""

    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Partly upheld")
    REJECTED = "rejected", _("Not upheld")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "Withdrawn")
    REDIRECTED = "redirected", _("Passed to the right office")
    CASE = "case", _("Became a case")
    DUPLICATE = "duplicate", pgettext_lazy("complaint", "Made twice")


class Side(models.TextChoices):
    """Who wrote a message."""

    REPORTER = "reporter", _("You")
    TRUSTED = "trusted", _("Somebody you trust")
    DESK = "desk", _("The companion")


class Secret(models.TextChoices):
    """What opens a complaint again. Each is kept as HMAC alone."""

    DIGITS = "digits", _("Sixteen digits")
    WORDS = "words", _("Four words")
    TRUSTED = "trusted", _("Sixteen digits for somebody they trust")


class Solved(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not yet")


class Face(models.IntegerChoices):
    """How it felt. Three faces are understood without reading."""

    SAD = 1, _("Disappointed")
    PLAIN = 2, _("So-so")
    GLAD = 3, _("Pleased")


# A card, a paper, aid that is stuck: what LAPOR! is there for. Never violence, and never what might be.
FOR_LAPOR: Final = frozenset({Matter.PAPERS, Matter.INSURANCE, Matter.AID})
# What is told as bad service or as an unsure matter may still hold somebody's suffering: closed until somebody knows.
_CLOSED: Final = frozenset({*PROTECTED_FAMILIES, Matter.UNSURE, Matter.WITHHELD})


def is_confidential(matter: str, about: str) -> bool:
    """Whether only the coordinator reads it until somebody is assigned. What is not known counts as the worst."""
    return matter in _CLOSED or about == About.PERSON


def suggests_lapor(matter: str, about: str) -> bool:
    """Whether the public complaints system of the state could help too (domain: public services only)."""
    return matter in FOR_LAPOR and not is_confidential(matter, about)


# What the person reads after a decision: plain and warm, never the office's word.
KIND_WORDS: Final[dict[str, Promise]] = {
    Verdict.UPHELD: _("Your complaint is right. Thank you for telling us. Below is what is done about it."),
    Verdict.PARTLY: _("Part of your complaint is right. Below is what is done, and what we could not do."),
    Verdict.REJECTED: _("We have looked at it carefully and could not agree. Below is why. You may object."),
    Verdict.WITHDRAWN: _("You have taken it back. That is all right. You can always come again."),
    Verdict.REDIRECTED: _("Another office can help with this better. Below is where, and how we go with you."),
    Verdict.CASE: _("A companion goes on with you from here, step by step, and only with your consent."),
    Verdict.DUPLICATE: _("We had this complaint already; it is being worked on. Nothing is lost."),
}
