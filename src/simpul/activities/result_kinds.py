"""What can come of an event or a consultation: code lists. Codes are stored and exchanged; the words are for people."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class Scheme(models.TextChoices):
    """How organisations are to be strengthened."""

    INSTITUTION = "institution", pgettext_lazy("scheme", "Strengthening the organisation itself")
    TRAINING = "training", pgettext_lazy("scheme", "Training that serves its work")
    MOVEMENT = "movement", pgettext_lazy("scheme", "A movement, and work across sectors")
    DIGITAL = "digital", pgettext_lazy("scheme", "Digital literacy")
    RESOURCES = "resources", pgettext_lazy("scheme", "Local resources")
    OTHER = "other", pgettext_lazy("scheme", "Something else")


class OutcomeKind(models.TextChoices):
    SCHEME = "scheme", pgettext_lazy("outcome", "A way to strengthen organisations")
    COMMITMENT = "commitment", pgettext_lazy("outcome", "A commitment")
    JOINT = "joint", pgettext_lazy("outcome", "Something to do together")
    CLEARED = "cleared", pgettext_lazy("outcome", "A misunderstanding cleared up")
    STATEMENT = "statement", pgettext_lazy("outcome", "A common statement")
    OPEN = "open", pgettext_lazy("outcome", "A question left open")


class Group(models.TextChoices):
    """Whose voice it is: what people came as, or which residents they are. Never who."""

    GOVERNMENT = "government", pgettext_lazy("voices", "Government")
    VILLAGE = "village", pgettext_lazy("voices", "Village government")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("voices", "Civil society")
    ACADEMIA = "academia", pgettext_lazy("voices", "Campus and research")
    BUSINESS = "business", pgettext_lazy("voices", "Business")
    MEDIA = "media", pgettext_lazy("voices", "Media")
    FAITH = "faith", pgettext_lazy("voices", "Religious leaders")
    CUSTOM = "custom", pgettext_lazy("voices", "Customary leaders")
    WOMEN = "women", pgettext_lazy("voices", "Women")
    MEN = "men", pgettext_lazy("voices", "Men")
    YOUTH = "youth", pgettext_lazy("voices", "Young people")
    CHILDREN = "children", pgettext_lazy("voices", "Children")
    OLDER = "older", pgettext_lazy("voices", "Older people")
    DISABILITY = "disability", pgettext_lazy("voices", "People with disabilities")
    POOR = "poor", pgettext_lazy("voices", "Poor families")
    MIGRANTS = "migrants", pgettext_lazy("voices", "Migrant workers and their families")
    FARMERS = "farmers", pgettext_lazy("voices", "Farmers and fishers")
    RESIDENTS = "residents", pgettext_lazy("voices", "Residents")
    OTHER = "other", pgettext_lazy("voices", "Others")


class Served(models.TextChoices):
    """What a mobile service hands out or takes in, in bulk. The codes are those of the field."""

    IDENTITY_CARD = "AD.1", pgettext_lazy("served", "Identity card (KTP-el)")
    FAMILY_CARD = "AD.2", pgettext_lazy("served", "Family card")
    BIRTH = "AD.3", pgettext_lazy("served", "Birth certificate")
    CHILD_CARD = "AD.4", pgettext_lazy("served", "Child identity card (KIA)")
    DEATH = "AD.5", pgettext_lazy("served", "Death certificate")
    MARRIAGE = "AD.6", pgettext_lazy("served", "Marriage book")
    DIVORCE = "AD.7", pgettext_lazy("served", "Divorce certificate")
    MOVE = "AD.8", pgettext_lazy("served", "Letter on moving")
    MENDED = "AD.9", pgettext_lazy("served", "Data put right")
    INSURANCE = "JK", pgettext_lazy("served", "Health insurance (JKN)")
    AID = "BS", pgettext_lazy("served", "Proposed for social aid")
    OTHER = "LX", pgettext_lazy("served", "Other papers")


class Reply(models.TextChoices):
    """What those who were asked did with the voices."""

    TAKEN_UP = "taken_up", pgettext_lazy("reply", "Taken up")
    PARTLY = "partly", pgettext_lazy("reply", "Taken up in part")
    NOT = "not", pgettext_lazy("reply", "Not taken up")
    LATER = "later", pgettext_lazy("reply", "Looked at later")


class ConsultationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("consultation", "Draft")
    OPEN = "open", pgettext_lazy("consultation", "Voices are heard")
    WAITING = "waiting", pgettext_lazy("consultation", "Waits for an answer")
    OVERDUE = "overdue", pgettext_lazy("consultation", "The answer is overdue")
    ANSWERED = "answered", pgettext_lazy("consultation", "Answered")


LONGEST: Final = 600  # characters of what somebody said, or was agreed
MOST_PEOPLE: Final = 100_000
