"""The code lists of people in organisations. Codes are stored and exchanged; the words are for people."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As Indonesian forms write it. Never required, never guessed from a name."""

    FEMALE = "P", _("Female")
    MALE = "L", _("Male")
    UNKNOWN = "", _("Not recorded")


class RoleTitle(models.TextChoices):
    """What somebody is in an organisation. What they may do on the platform is a grant, never this."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    DIRECTOR = "director", _("Director")
    PRESIDIUM = "presidium", _("Presidium member")
    DIVISION_HEAD = "division_head", _("Head of division")
    MEMBER = "member", _("Member")
    STAFF = "staff", _("Staff")
    OFFICIAL = "official", _("Government official")
    VOLUNTEER = "volunteer", _("Volunteer")
    CONTACT = "contact", _("Contact person")


class Division(models.TextChoices):
    """The divisions of a village group."""

    NONE = "", _("No division")
    PUBLIC_RELATIONS = "humas", _("Public relations (Humas)")
    ECONOMY = "ekonomi", _("Economy")
    DATA = "pendataan", _("Data collection (Pendataan)")
    CASES = "pengaduan", _("Complaints and accompaniment")


class Purpose(models.TextChoices):
    """What a person has agreed to: each is asked for by itself."""

    DIRECTORY = "directory", _("Show my name and role in the public directory")
    MESSAGES = "messages", _("Send me messages about the work of my network")
    EMERGENCIES = "emergencies", _("Reach me in an emergency, at any hour")


class ConsentChannel(models.TextChoices):
    """How the agreement was given, so that it can be shown later."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    MESSAGE = "message", _("By WhatsApp or text message")
    WRITING = "writing", _("On paper or by e-mail")
    ACCOUNT = "account", _("By themself, signed in")


class ContactKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")


# Those who sit on a board unless somebody says otherwise.
BOARD: Final = frozenset(
    {
        RoleTitle.CHAIR,
        RoleTitle.VICE_CHAIR,
        RoleTitle.SECRETARY,
        RoleTitle.TREASURER,
        RoleTitle.PRESIDIUM,
        RoleTitle.DIVISION_HEAD,
    }
)
