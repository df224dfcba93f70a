"""A failure to protect data, as data: which classes of data there are, how it came, whom one has to tell."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KEEP: Final = "breach.record"
CLOCK: Final = "D05"


class DataClass(models.TextChoices):
    """What Simpul keeps of people, in the classes of UU 27/2022 art. 4; the same words in every document about it."""

    IDENTITY = "identity", _("Identity: name, NIK, date of birth, sex")
    CONTACT = "contact", _("Contact: telephone, address, how to reach somebody safely")
    STORY = "story", _("What happened to somebody, and the help they received")
    HEALTH = "health", _("Health and disability")
    CHILDREN = "children", _("Data of children")
    CRIME = "crime", _("Reports to the police and to courts")
    MONEY = "money", _("Social aid and money")
    STAFF = "staff", _("Those who work here: name, contact, roles")
    ACCESS = "access", _("Passwords, keys and receipts")


# Of these the law says "specific": their processing asks for an impact assessment (art. 34).
SPECIFIC: Final = (DataClass.STORY, DataClass.HEALTH, DataClass.CHILDREN, DataClass.CRIME, DataClass.MONEY)


class Cause(models.TextChoices):
    DEVICE = "device", _("A telephone or computer was lost or stolen")
    PAPER = "paper", _("Paper was lost, or left where others read it")
    WRONG_HANDS = "hands", _("It was sent to somebody it was not for")
    INSIDE = "inside", _("Somebody looked at or passed on what was not theirs")
    BREAK_IN = "break_in", _("Somebody broke in")
    FAULT = "fault", _("A fault in a program or a setting")
    UNKNOWN = "unknown", pgettext_lazy("cause", "Not known yet")


class Told(models.TextChoices):
    """What is written into the record after it was begun."""

    PEOPLE = "people", _("The people concerned were told")
    AUTHORITY = "authority", _("The authority was told")
    MEASURE = "measure", _("Something was done about it")


NOTICES: Final = (Told.PEOPLE, Told.AUTHORITY)  # both end the clock
