"""What a deployment is for: three presets, each with the pillars it starts with."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.organisations.kinds import OrganisationKind


class Pillar(models.TextChoices):
    """The places of Simpul that can be turned off. The keys are those of the pages."""

    DIRECTORY = "directory", _("Network")
    COMPLAINTS = "complaints", _("Complaints")
    LEARNING = "learning", _("Learning")
    ADVOCACY = "advocacy", _("Advocacy")
    COOPERATION = "cooperation", _("Cooperation")
    NEWS = "news", _("News")
    RESULTS = "results", _("Results")
    DELIBERATION = "deliberation", _("Deliberation")


class Preset(models.TextChoices):
    VILLAGE_GROUP = "village_group", _("Village group")
    NETWORK = "network", _("Network")
    FORUM = "forum", _("Forum")


KINDS: Final[Mapping[str, OrganisationKind]] = {
    Preset.VILLAGE_GROUP: OrganisationKind.VILLAGE_GROUP,
    Preset.NETWORK: OrganisationKind.NETWORK,
    Preset.FORUM: OrganisationKind.LEARNING_FORUM,
}

# A village group starts with what helps people now; a forum with what it decides and brings forward.
PILLARS: Final[Mapping[str, tuple[Pillar, ...]]] = {
    Preset.VILLAGE_GROUP: (Pillar.DIRECTORY, Pillar.COMPLAINTS, Pillar.LEARNING),
    Preset.NETWORK: tuple(Pillar),
    Preset.FORUM: (Pillar.DIRECTORY, Pillar.LEARNING, Pillar.ADVOCACY, Pillar.COOPERATION, Pillar.RESULTS),
}
