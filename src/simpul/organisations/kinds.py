"""What an organisation is. The codes are the field's own and appear in exchanged files; the words are for people."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    FOUNDATION = "OT.Y", _("Foundation")
    ASSOCIATION = "OT.P", _("Association (legal entity)")
    REGISTERED_BODY = "OT.S", _("Registered mass organisation (SKT)")
    COMMUNITY = "OT.T", _("Community without legal entity")
    VILLAGE_GROUP = "OT.K", _("Village group (constituent group)")
    RELIGIOUS = "OT.R", _("Religious organisation")
    WING = "OT.B", _("Wing of a mass organisation")
    NETWORK = "OT.N", _("Network, forum or coalition")
    NETWORK_OF_NETWORKS = "OT.NN", _("Network of networks")
    LEARNING_FORUM = "OT.F", _("Learning forum")
    REGIONAL_AGENCY = "OT.OPD", _("Regional government agency")
    VILLAGE_GOVERNMENT = "OT.DES", _("Village government")
    VILLAGE_COUNCIL = "OT.BPD", _("Village council (BPD)")
    REGIONAL_PARLIAMENT = "OT.DPR", _("Regional parliament (DPRD)")
    LAW_ENFORCEMENT = "OT.APH", _("Law enforcement")
    UNIVERSITY = "OT.PT", _("University")
    COMPANY = "OT.SW", _("Company (private, state or village)")
    PHILANTHROPY = "OT.FIL", _("Philanthropy or zakat body")
    MEDIA = "OT.MED", _("Media")
    DONOR = "OT.DON", _("Donor or development partner")
    UNION = "OT.SP", _("Trade union or professional body")


Kind = OrganisationKind

# Organisations of citizens: what "OMS" counts. Government, companies, campuses, media and donors are partners.
CIVIL_SOCIETY: Final = frozenset(
    {
        Kind.FOUNDATION,
        Kind.ASSOCIATION,
        Kind.REGISTERED_BODY,
        Kind.COMMUNITY,
        Kind.VILLAGE_GROUP,
        Kind.RELIGIOUS,
        Kind.WING,
        Kind.UNION,
    }
)
# Those that others can be members of.
NETWORKS: Final = frozenset({Kind.NETWORK, Kind.NETWORK_OF_NETWORKS, Kind.LEARNING_FORUM})


class LegalForm(models.TextChoices):
    """The route to legality: a decree of the ministry of law, a certificate of registration (SKT), or neither."""

    FOUNDATION = "foundation", _("Foundation, by decree of the ministry of law")
    ASSOCIATION = "association", _("Association, by decree of the ministry of law")
    REGISTERED = "registered", _("Registered with the ministry of home affairs (SKT)")
    DECREE = "decree", _("By decree of a village head or other official")
    PUBLIC = "public", _("Public body")
    COMPANY = "company", pgettext_lazy("legal form", "Company")
    NONE = "none", _("No legal form")
