"""What the learning library holds, for whom, in which languages."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    HANDBOOK = "handbook", pgettext_lazy("library", "Handbook")
    GUIDE = "guide", pgettext_lazy("library", "Guide")
    AUDIO = "audio", pgettext_lazy("library", "Something to listen to")
    VIDEO = "video", pgettext_lazy("library", "Something to watch")


class Readers(models.TextChoices):
    """Whom it was written for. Who may read it is its visibility."""

    VILLAGE_GROUPS = "groups", pgettext_lazy("readers", "Village groups")
    FORUMS = "forums", pgettext_lazy("readers", "Forums and facilitators")
    SECRETARIATS = "secretariats", pgettext_lazy("readers", "Secretariats of networks")
    EVERYBODY = "everybody", pgettext_lazy("readers", "Everybody")


class Tongue(models.TextChoices):
    """ISO 639; regional languages are called as their speakers call them."""

    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"
    SASAK = "sas", "Base Sasak"
    JAVANESE = "jv", "Basa Jawa"
    SUNDANESE = "su", "Basa Sunda"
    MADURESE = "mad", "Bhâsa Madhurâ"
    BALINESE = "ban", "Basa Bali"
    BUGINESE = "bug", "Basa Ugi"
    MAKASAR = "mak", "Basa Mangkasara'"
    SUMBAWA = "smw", "Basa Samawa"
    BIMA = "bhp", "Nggahi Mbojo"
    MALAY_PONTIANAK = "ms", "Bahasa Melayu"


MOST_TEXT: Final = 60_000  # characters of one edition: some thirty pages
MOST_MINUTES: Final = 600


class FileKind(models.TextChoices):
    AUDIO = "audio", _("Recording")
    PRINT = "print", _("To print")
    OTHER = "other", _("Something else")
