"""What people in a case are to the person it is about, and which part each plays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyRole(models.TextChoices):
    VICTIM = "victim", _("Person assisted")
    REPORTER = "reporter", _("Reporter")
    COMPANION = "companion", _("Somebody at their side")
    HANDLER = "handler", _("Handler at an office")
    # The most dangerous field of all (R11): optional, for the coordinator's eyes alone.
    ALLEGED = "alleged", _("Alleged perpetrator")


class Relation(models.TextChoices):
    """To the person assisted. Of a reporter, "self" says that the person reported themself."""

    SELF = "self", _("The person themself")
    SPOUSE = "spouse", _("Spouse or partner")
    FORMER_SPOUSE = "former_spouse", _("Former spouse or partner")
    SWEETHEART = "sweetheart", _("Boyfriend or girlfriend")
    PARENT = "parent", _("Parent")
    STEP_PARENT = "step_parent", _("Step-parent")
    CHILD = "child", _("Son or daughter")
    SIBLING = "sibling", _("Brother or sister")
    STEP_SIBLING = "step_sibling", _("Step-brother or step-sister")
    FAMILY = "family", _("Family or in-laws")
    NEIGHBOUR = "neighbour", _("Neighbour")
    FRIEND = "friend", _("Friend")
    COLLEAGUE = "colleague", _("Colleague")
    TEACHER = "teacher", _("Teacher")
    EMPLOYER = "employer", _("Employer")
    RELIGIOUS_LEADER = "religious_leader", _("Religious leader")
    HAMLET_HEAD = "hamlet_head", _("Hamlet head")
    VILLAGE_OFFICIAL = "village_official", _("Village official")
    CADRE = "cadre", _("Health or community cadre")
    HEALTH_WORKER = "health_worker", _("Health worker")
    OFFICER = "officer", _("Officer of an institution")
    STRANGER = "stranger", _("Somebody unknown")
    OTHER = "other", _("Somebody else")
    WITHHELD = "withheld", _("Does not want to say")
