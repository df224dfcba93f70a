"""Events for many at once: how many people one list holds, and what outreach is about."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_PEOPLE: Final = 200  # on one list: what one day of a mobile service can take
MONTHS_NAMED: Final = 12  # after the day of the service: then names and NIK go, and the counts stay. Ours, not a law's
MOST_ATTENDING: Final = 10_000  # at one event: more is a slip of the finger


class Topic(models.TextChoices):
    RIGHTS = "rights", _("Rights and where to turn")
    VIOLENCE = "violence", _("Preventing violence")
    CHILD_MARRIAGE = "child_marriage", _("Preventing child marriage")
    DOCUMENTS = "documents", _("Civil papers")
    INSURANCE = "insurance", _("Health insurance")
    SOCIAL_AID = "social_aid", _("Social assistance")
    HEALTH = "health", _("Health and nutrition")
    DISABILITY = "disability", _("Disability and inclusion")
    OTHER = "other", _("Another topic")
