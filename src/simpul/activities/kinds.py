"""The code lists of events and of those who come to them. Codes are stored and exchanged; the words are for people."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.organisations.kinds import CIVIL_SOCIETY, NETWORKS
from simpul.organisations.kinds import OrganisationKind as Kind


class EventKind(models.TextChoices):
    COORDINATION = "EV.01", _("Coordination meeting")
    VILLAGE_DISCUSSION = "EV.02", _("Village discussion")
    TRAINING = "EV.03", pgettext_lazy("event", "Training")
    WORKSHOP = "EV.04", _("Workshop")
    WEBINAR = "EV.05", _("Webinar")
    LEARNING_FORUM = "EV.06", _("Meeting of a learning forum")
    GROUP_STRENGTHENING = "EV.07", _("Strengthening of a village group")
    OUTREACH = "EV.08", _("Information session")
    FORMATION = "EV.09", _("Formation of a group or forum")
    ASSEMBLY = "EV.10", _("General assembly")
    FOCUS_GROUP = "EV.11", _("Focus group discussion")
    HEARING = "EV.12", _("Hearing")
    AUDIENCE = "EV.13", _("Audience with officials")
    PLANNING = "EV.14", _("Village or planning assembly")
    MOBILE_SERVICE = "EV.15", _("Mobile service")
    CASE_CONFERENCE = "EV.16", _("Case conference")
    LEARNING_VISIT = "EV.17", _("Learning visit")
    CAMPAIGN = "EV.18", _("Campaign")
    INTERFAITH_DIALOGUE = "EV.19", _("Interfaith dialogue")
    LAUNCH = "EV.20", _("Launch")
    MONITORING = "EV.21", _("Monitoring and evaluation")
    VILLAGE_ASSESSMENT = "EV.22", _("Village assessment")


# What a forum's "meeting" is. A launch or a campaign of the same forum is none.
MEETINGS: Final = frozenset(
    {EventKind.COORDINATION, EventKind.LEARNING_FORUM, EventKind.WORKSHOP, EventKind.FORMATION, EventKind.ASSEMBLY}
)
# Whoever comes to these learns something: reach counts them as learners.
LEARNING: Final = frozenset(
    {
        EventKind.TRAINING,
        EventKind.WORKSHOP,
        EventKind.WEBINAR,
        EventKind.LEARNING_FORUM,
        EventKind.GROUP_STRENGTHENING,
        EventKind.LEARNING_VISIT,
    }
)


class Mode(models.TextChoices):
    PLACE = "place", _("In one place")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In one place and online")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    NETWORK = "network", _("Organisations of the host's networks")
    HOSTS = "hosts", _("The organisers alone")


class Rhythm(models.TextChoices):
    """How often a series is due."""

    NONE = "", _("Without a rhythm")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month")


class Course(models.TextChoices):
    """What a training qualifies for, where a figure follows its graduates."""

    NONE = "", _("No course")
    SECRETARIAT = "secretariat_services", _("Secretariat services of networks")


class Part(models.TextChoices):
    """What somebody does in the programme of an event."""

    SPEAKER = "speaker", _("Speaker")
    DISCUSSANT = "discussant", _("Discussant")
    MODERATOR = "moderator", _("Moderator")
    COMMITTEE = "committee", _("Committee")


class Stakeholder(models.TextChoices):
    GOVERNMENT = "government", pgettext_lazy("stakeholder", "Government")
    VILLAGE = "village", pgettext_lazy("stakeholder", "Village government")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    COMMUNITY = "community", pgettext_lazy("stakeholder", "Residents")
    ACADEMIA = "academia", _("Campus and research")
    BUSINESS = "business", pgettext_lazy("stakeholder", "Business")
    MEDIA = "media", pgettext_lazy("stakeholder", "Media")
    DONOR = "donor", _("Donors and philanthropy")
    OTHER = "other", pgettext_lazy("stakeholder", "Other")


_STAKEHOLDERS: Final[dict[str, Stakeholder]] = {
    **dict.fromkeys((*CIVIL_SOCIETY, *NETWORKS), Stakeholder.CIVIL_SOCIETY),
    Kind.REGIONAL_AGENCY: Stakeholder.GOVERNMENT,
    Kind.REGIONAL_PARLIAMENT: Stakeholder.GOVERNMENT,
    Kind.LAW_ENFORCEMENT: Stakeholder.GOVERNMENT,
    Kind.VILLAGE_GOVERNMENT: Stakeholder.VILLAGE,
    Kind.VILLAGE_COUNCIL: Stakeholder.VILLAGE,
    Kind.UNIVERSITY: Stakeholder.ACADEMIA,
    Kind.COMPANY: Stakeholder.BUSINESS,
    Kind.MEDIA: Stakeholder.MEDIA,
    Kind.PHILANTHROPY: Stakeholder.DONOR,
    Kind.DONOR: Stakeholder.DONOR,
}


def stakeholder_of(organisation_kind: str) -> Stakeholder:
    """What the people of an organisation of that kind come as."""
    return _STAKEHOLDERS.get(organisation_kind, Stakeholder.OTHER)


def kinds_of(stakeholder: str) -> tuple[str, ...]:
    """The kinds of organisation whose people come as this."""
    return tuple(sorted(kind for kind, found in _STAKEHOLDERS.items() if found == stakeholder))


class AgeBand(models.TextChoices):
    NOT_SAID = "", pgettext_lazy("age", "Not said")
    UNDER_18 = "0-17", _("Under 18")
    YOUNG = "18-24", _("18 to 24")
    ADULT = "25-39", _("25 to 39")
    MIDDLE = "40-59", _("40 to 59")
    OLDER = "60+", _("60 and older")


class Disability(models.TextChoices):
    """`NONE` was said; an empty one was not asked, or not answered."""

    NOT_SAID = "", pgettext_lazy("disability", "Not said")
    NONE = "none", _("No disability")
    PHYSICAL = "physical", pgettext_lazy("disability", "Physical")
    SENSORY = "sensory", pgettext_lazy("disability", "Seeing, hearing or speaking")
    INTELLECTUAL = "intellectual", pgettext_lazy("disability", "Intellectual")
    MENTAL = "mental", pgettext_lazy("disability", "Mental")
    MULTIPLE = "multiple", _("More than one")


# Those that say of somebody that they have one.
DISABLED: Final = tuple(d.value for d in Disability if d not in (Disability.NOT_SAID, Disability.NONE))


class Publishing(models.TextChoices):
    """What a participant lets be published. Each level holds the ones before it."""

    NOTHING = "none", _("Nothing of me")
    NAME = "name", _("My name in the list of participants")
    PHOTO = "photo", _("My name and pictures of me")


class Question(models.TextChoices):
    """What a form may ask beside the name and one way to be reached. Nothing is asked that is not switched on."""

    ORGANISATION = "organisation", _("Organisation")
    STAKEHOLDER = "stakeholder", _("Comes as")
    AREA = "area", pgettext_lazy("participant", "Village")
    SEX = "sex", pgettext_lazy("participant", "Sex")
    AGE_BAND = "age_band", pgettext_lazy("participant", "Age")
    DISABILITY = "disability", pgettext_lazy("participant", "Disability")
    NEEDS = "needs", _("What they need in order to take part")


class AnswerKind(models.TextChoices):
    """How a question of an organiser's own is answered."""

    TEXT = "text", _("In words")
    ONE = "one", _("One of several answers")
    SEVERAL = "several", _("Any of several answers")
    NUMBER = "number", _("A number")


class PhotoConsent(models.TextChoices):
    """How those in the pictures agreed. Without a word on it no picture is shown beyond the organisers."""

    NONE = "", _("Not asked")
    ANNOUNCED = "announced", _("Announced, with a place for those who want no picture")
    ASKED = "asked", _("Each was asked")
    WRITTEN = "written", _("Each signed")


class How(models.TextChoices):
    """How we know that somebody was there."""

    QR = "qr", _("Code scanned")
    SEARCH = "search", _("Found by name")
    WALK_IN = "walk_in", _("Came without registering")
    SHEET = "sheet", _("Signed on paper")
    REPORT = "report", _("Report of the online meeting")


class NoteKind(models.TextChoices):
    """What a paragraph of the notes of a meeting tells."""

    DISCUSSED = "discussed", pgettext_lazy("meeting", "Discussed")
    DECIDED = "decided", pgettext_lazy("meeting", "Decided")
    ASKED = "asked", pgettext_lazy("meeting", "Asked")
