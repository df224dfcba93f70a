"""What somebody may ask about their own data, how it is answered, and how long data are kept: as data."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.cases.consent_kinds import Capacity
from simpul.cases.kinds import Branch
from simpul.cases.stages import Stage

SATISFY: Final = "case.satisfy_rights"


class RequestKind(models.TextChoices):
    ACCESS = "access", _("See their data, and who used them")
    CORRECTION = "correction", _("Have their data corrected")
    RESTRICTION = "restriction", _("Have the use of their data stopped for now")
    ERASURE = "erasure", _("Have their data erased")
    WITHDRAWAL = "withdrawal", _("Take back what they agreed to")
    OBJECTION = "objection", _("Object to how their data are used")


# The clock that runs on each; erasure has no hours in the law, so the groups agree on days of their own.
CLOCKS: Final[dict[str, str]] = {
    RequestKind.CORRECTION: "D06",
    RequestKind.ACCESS: "D07",
    RequestKind.RESTRICTION: "D08",
    RequestKind.WITHDRAWAL: "D09",
    RequestKind.OBJECTION: "D08",  # what somebody objects to stands still until it is settled
    RequestKind.ERASURE: "P03",
}
# How many months the words of these are kept, from the answer, the asking, the noticing: rules like any deadline, which
# a group may set. What was asked and never answered counts from when it was asked.
KEEPING_REQUESTS: Final = "P06"
KEEPING_EXPORTS: Final = "P07"
KEEPING_BREACHES: Final = "P08"
KEEPING: Final = (KEEPING_REQUESTS, KEEPING_EXPORTS, KEEPING_BREACHES)
FOR_A_CHILD: Final = (Capacity.PARENT, Capacity.GUARDIAN)


class Proof(models.TextChoices):
    """How somebody who stood before us showed who they are."""

    KTP = "ktp", "KTP"
    FAMILY_CARD = "kk", _("Family card")
    BIRTH_CERTIFICATE = "birth", _("Birth certificate")
    LETTER = "letter", _("Letter of the village, or of a court")
    KNOWN = "known", _("Whoever accompanies them knows them")


class Answer(models.TextChoices):
    GIVEN = "given", pgettext_lazy("request", "Done as asked")
    NOTHING = "nothing", _("There is no data that we can give")


class Refusal(models.TextChoices):
    """Why there was nothing to give. Stays inside: the answer is the same for all of them."""

    NO_FILE = "no_file", _("There is no file")
    ENDANGERS = "endangers", _("It would put somebody in danger")
    NOT_THEIRS = "not_theirs", _("It is not about them, nor about somebody they answer for")
    NOT_SHOWN = "not_shown", _("They did not show who they are")
    KEPT_BY_LAW = "law", _("A legal process needs it")


class Level(models.TextChoices):
    GROUP = "group"
    SUPERVISOR = "supervisor"


def first_level(capacity: str) -> Level:
    """Who answers before any file was looked for: by who asks alone, so that it tells nothing of a file."""
    return Level.SUPERVISOR if capacity in FOR_A_CHILD else Level.GROUP


class Ground(models.TextChoices):
    """Why a case was erased."""

    ASKED = "asked", _("The person asked for it")
    RETENTION = "retention", _("The time it was kept is over")
    MISTAKE = "mistake", _("It should never have been written down")
    AGAIN = "again", _("Erased again after a restore")


class RetentionClass(models.TextChoices):
    VIOLENCE = "violence", _("Violence and child marriage")
    SOCIAL = "social", _("Social protection")
    PASSED_ON = "passed_on", _("Entered twice, or sent to the right place")


# Months after the end. No law gives a figure: these are ours, until a group sets its own.
MONTHS_KEPT: Final[dict[str, int]] = {
    RetentionClass.VIOLENCE: 60,
    RetentionClass.SOCIAL: 36,
    RetentionClass.PASSED_ON: 12,
}
WARNED_BEFORE: Final = 30  # days
AGE_BANDS: Final = ((0, 5), (6, 11), (12, 17), (18, 24), (25, 59), (60, None))


def retention_class(stage: str, branch: str) -> RetentionClass:
    if stage in (Stage.DUPLICATE, Stage.REDIRECTED):
        return RetentionClass.PASSED_ON
    return RetentionClass.VIOLENCE if branch == Branch.VIOLENCE else RetentionClass.SOCIAL


def age_band(age: int | None) -> str:
    """ "12-17", "60+"; "" where no age is known."""
    if age is None:
        return ""
    low, high = next(band for band in AGE_BANDS if band[1] is None or age <= band[1])
    return f"{low}+" if high is None else f"{low}-{high}"


def lowest_of(age: int | None) -> int | None:
    """The youngest age of its band: what is left of the age of somebody who was erased."""
    return None if age is None else next(low for low, high in AGE_BANDS if high is None or age <= high)
