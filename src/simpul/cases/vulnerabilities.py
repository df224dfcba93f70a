"""What makes somebody more likely to be left behind. Told by the person, never guessed."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vulnerability(models.TextChoices):
    FEMALE_HEAD = "female_head", _("Woman who heads her household")
    CHILD = "child", _("Child")
    TEENAGER = "teenager", _("Teenager")
    ELDERLY = "elderly", _("Aged 60 or over")
    DISABLED = "disabled", _("Person with a disability")
    POOR = "poor", _("Poor household")
    MIGRANT = "migrant", _("Migrant worker or their family")
    INDIGENOUS = "indigenous", _("Indigenous community")
    MINORITY = "minority", _("Religious minority")
    DISASTER = "disaster", _("Struck by a disaster")
    PREGNANT = "pregnant", _("Pregnant")
    HIV = "hiv", _("Living with HIV")
    NO_NIK = "no_nik", _("Without NIK")


# The coordinator alone sees and notes these, whatever the branch of the case.
RESTRICTED: Final = frozenset({Vulnerability.HIV})


class Disability(models.TextChoices):
    NONE = "none", _("None")
    PHYSICAL = "physical", _("Physical")
    SENSORY = "sensory", _("Sensory")
    INTELLECTUAL = "intellectual", _("Intellectual")
    MENTAL = "mental", _("Mental")
    MULTIPLE = "multiple", _("Several")


class Schooling(models.TextChoices):
    NONE = "none", _("Never went to school")
    PRIMARY = "primary", _("Primary school")
    LOWER = "lower", _("Lower secondary school")
    UPPER = "upper", _("Upper secondary school")
    HIGHER = "higher", _("Higher education")
