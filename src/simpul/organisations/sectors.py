"""What organisations work on, for whom, and how. Codes travel in files; words are for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sector(models.TextChoices):
    """The four themes of policy recommendations come first."""

    PUBLIC_SERVICES = "PP", _("Public services")
    VILLAGE_GOVERNMENT = "DES", pgettext_lazy("sector", "Village government")
    NATURAL_RESOURCES = "SDA", _("Natural resources and environment")
    TOLERANCE = "TOL", _("Tolerance and diversity")
    HEALTH = "KES", _("Health")
    EDUCATION = "PDK", _("Education")
    LEGAL_IDENTITY = "ADM", _("Civil registration and legal identity")
    SOCIAL_PROTECTION = "SOS", _("Social protection")
    WOMEN_AND_CHILDREN = "PPA", _("Women and children")
    DISABILITY_AND_AGE = "DIS", _("Disability and old age")
    ECONOMY = "EKO", _("Economy and small business")
    BUDGET_TRANSPARENCY = "ANG", _("Budget transparency")
    CLIMATE = "IKL", _("Climate change")
    DISASTER = "PRB", _("Disaster and humanitarian work")
    MIGRATION = "MIG", _("Migrant workers")
    PARTICIPATION = "POL", _("Political participation and democracy")
    LAW_AND_RIGHTS = "HAM", _("Law and human rights")
    DIGITAL_LITERACY = "DIG", _("Digital literacy and countering hoaxes")
    STRENGTHENING = "ORG", _("Strengthening organisations")


class Method(models.TextChoices):
    SERVICE = "service", _("Services and accompaniment")
    RESEARCH = "research", _("Research")
    ADVOCACY = "advocacy", _("Policy advocacy")
    TRAINING = "training", _("Training")
    HUMANITARIAN = "humanitarian", _("Humanitarian response")
    MEDIA = "media", _("Media and information")


class TargetGroup(models.TextChoices):
    WOMEN = "women", _("Women")
    WOMEN_HEADS = "women_heads", _("Women who head a household")
    CHILDREN = "children", _("Children")
    YOUTH = "youth", _("Young people")
    OLDER_PEOPLE = "older", _("Older people")
    PEOPLE_WITH_DISABILITIES = "disability", _("People with disabilities")
    POOR = "poor", _("Poor families")
    MIGRANTS = "migrants", _("Migrant workers and their families")
    INDIGENOUS = "indigenous", _("Indigenous communities")
    RELIGIOUS_MINORITIES = "minorities", _("Religious minorities")
    SURVIVORS_OF_DISASTER = "disaster", _("People struck by disaster")
    FARMERS_AND_FISHERS = "farmers", _("Farmers and fishers")
    SMALL_BUSINESS = "business", _("Small business")
    GENERAL = "general", _("Everybody")


class BudgetBand(models.TextChoices):
    """Last year's budget, as a band: the amount itself is nobody's business here. Rupiah."""

    UNDER_50_MILLION = "a", _("Under Rp50 million")
    UNDER_250_MILLION = "b", _("Rp50 to 250 million")
    UNDER_1_BILLION = "c", _("Rp250 million to 1 billion")
    UNDER_5_BILLION = "d", _("Rp1 to 5 billion")
    OVER_5_BILLION = "e", _("Over Rp5 billion")


class AuditOpinion(models.TextChoices):
    UNQUALIFIED = "unqualified", _("Unqualified (WTP)")
    QUALIFIED = "qualified", _("Qualified (WDP)")
    ADVERSE = "adverse", _("Adverse")
    DISCLAIMER = "disclaimer", _("No opinion given")


class SocialPlatform(models.TextChoices):
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    YOUTUBE = "youtube", "YouTube"
    TIKTOK = "tiktok", "TikTok"
    X = "x", "X"
    ATMAGO = "atmago", "AtmaGo"
