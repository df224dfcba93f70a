"""Clusters of a response: the eight national ones (SK BNPB 173/2014), their sub-clusters, what is often done in each.

Plain data. A sub-cluster's code begins with its cluster's. What an activity is called is free; the suggestions give the
same thing the same name, so that two who do it are seen to do the same.
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cluster(models.TextChoices):
    HEALTH = "health", pgettext_lazy("cluster", "Health")
    RESCUE = "rescue", _("Search and rescue")
    LOGISTICS = "logistics", _("Logistics")
    PROTECTION = "protection", _("Displacement and protection")
    EDUCATION = "education", pgettext_lazy("cluster", "Education")
    FACILITIES = "facilities", _("Facilities and infrastructure")
    ECONOMY = "economy", pgettext_lazy("cluster", "Economy")
    RECOVERY = "recovery", _("Early recovery")


class SubCluster(models.TextChoices):
    MEDICAL = "health.medical", _("Medical service")
    REPRODUCTIVE = "health.reproductive", _("Reproductive health")
    NUTRITION = "health.nutrition", _("Nutrition")
    MENTAL = "health.mental", _("Mental health")
    FOOD = "logistics.food", _("Food")
    ITEMS = "logistics.items", _("Household goods")
    TRANSPORT = "logistics.transport", _("Transport and warehouses")
    SHELTER = "protection.shelter", _("Shelter")
    WATER = "protection.water", _("Water, sanitation and hygiene")
    CAMPS = "protection.camps", _("Camp management")
    CHILDREN = "protection.children", _("Child protection")
    VULNERABLE = "protection.vulnerable", _("Older people, people with disabilities, other vulnerable people")
    VIOLENCE = "protection.violence", _("Gender-based violence")
    PSYCHOSOCIAL = "protection.psychosocial", _("Psychosocial support")
    CASH = "protection.cash", _("Cash assistance")
    ENGAGEMENT = "protection.engagement", _("Engagement of residents")


# Who is helped here is in danger if they are found: the public is told no more than the regency.
GUARDED: Final = frozenset({SubCluster.CHILDREN.value, SubCluster.VIOLENCE.value})
OPEN_TO: Final = 2  # the level of a regency or city

# What is done -> what it is counted in.
SUGGESTED: Final[Mapping[str, tuple[tuple[Promise, Promise], ...]]] = {
    Cluster.HEALTH: (
        (_("Mobile clinic"), _("visits")),
        (_("Medicines"), _("packages")),
        (_("Food for babies and mothers"), _("packages")),
    ),
    Cluster.RESCUE: ((_("Evacuation"), _("people")), (_("Search"), _("operations"))),
    Cluster.LOGISTICS: (
        (_("Food packages"), _("packages")),
        (_("Public kitchen"), _("portions")),
        (_("Household kits"), _("kits")),
        (_("Transport of goods"), _("trips")),
    ),
    Cluster.PROTECTION: (
        (_("Tents and tarpaulins"), _("pieces")),
        (_("Clean water"), _("litres")),
        (_("Emergency latrines"), _("pieces")),
        (_("Hygiene kits"), _("kits")),
        (_("Child-friendly space"), _("sessions")),
        (_("Psychosocial support"), _("sessions")),
        (_("Cash for households"), _("households")),
    ),
    Cluster.EDUCATION: ((_("Emergency classroom"), _("rooms")), (_("School kits"), _("kits"))),
    Cluster.FACILITIES: ((_("Cleaning of mud and debris"), _("locations")), (_("Repair of wells"), _("wells"))),
    Cluster.ECONOMY: ((_("Seeds and tools"), _("packages")), (_("Business capital"), _("households"))),
    Cluster.RECOVERY: ((_("Repair of houses"), _("houses")), (_("Cash for work"), _("people"))),
}


def cluster_of(sub_cluster: str) -> str:
    """The cluster that a sub-cluster belongs to."""
    return sub_cluster.partition(".")[0]


def is_guarded(sub_cluster: str) -> bool:
    return sub_cluster in GUARDED


def words_for(cluster: str, sub_cluster: str = "") -> str:
    """ "Displacement and protection: Shelter", in the reader's language."""
    whole = str(Cluster(cluster).label) if cluster in Cluster.values else cluster
    return f"{whole}: {SubCluster(sub_cluster).label}" if sub_cluster in SubCluster.values else whole
