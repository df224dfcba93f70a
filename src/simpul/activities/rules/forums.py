"""Who sees a learning forum's way, who keeps it, and who keeps the papers that show it."""

from typing import Final
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import Visibility
from simpul.activities.models import ForumStage
from simpul.activities.rules.events import near
from simpul.activities.states import MANAGE
from simpul.documents.policies import Policy
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import KIND as ORGANISATION
from simpul.organisations.rules.organisations import may, visible_to, within

STAGE: Final = "activities.forumstage"


def forums_visible_to(actor: Actor) -> Q:
    """Over organisations: learning forums in sight."""
    return Q(kind=OrganisationKind.LEARNING_FORUM) & visible_to(actor)


def stages_visible_to(actor: Actor) -> Q:
    return visible_to(actor, "forum__")


def may_keep_forum(actor: Actor, forum: Organisation) -> bool:
    return may(actor, MANAGE, forum)


def require_forum_keeper(actor: Actor, forum: Organisation) -> None:
    """NotFound for what is no forum or out of sight, Denied("event.manage")."""
    if not Organisation.objects.filter(forums_visible_to(actor), pk=forum.pk).exists():
        raise NotFound(ORGANISATION, forum.pk)
    if not may_keep_forum(actor, forum):
        raise Denied(MANAGE, forum.ref)


class StagePaper(models.TextChoices):
    MAP = "map", _("Mapping of actors and issues")
    STATEMENT = "statement", _("Signed statement of readiness")
    MINUTES = "minutes", _("Minutes")
    DECREE = "decree", _("Decree or decision")
    PHOTO = "photo", _("Picture")
    BRIEF = "brief", _("Policy brief")
    OTHER = "other", _("Something else")


# A signed statement carries signatures: whatever audience somebody chose, it is for those who keep the forum.
_NAMES_PEOPLE = (StagePaper.STATEMENT,)


def stage_papers_visible_to(actor: Actor) -> Q:
    """Over `Document`."""
    seen = ForumStage.objects.filter(stages_visible_to(actor), superseded_at=None)
    networks = Organisation.objects.filter(near(actor)).values("pk")
    wide = Q(audience=Visibility.PUBLIC, subject_id__in=seen.values("pk"))
    wide |= Q(audience=Visibility.NETWORK, subject_id__in=seen.filter(forum__in=networks).values("pk"))
    kept = ForumStage.objects.filter(within(actor.scope(MANAGE), "forum__"))
    return wide & ~Q(kind__in=_NAMES_PEOPLE) | Q(subject_id__in=kept.values("pk"))


def authorise_stage_papers(actor: Actor, subject: RecordRef) -> UUID:
    """NotFound, Denied as `require_forum_keeper`. The forum owns them."""
    found = ForumStage.objects.filter(pk=subject.uuid).select_related("forum").first()
    if found is None:
        raise NotFound(STAGE, subject.uuid)
    require_forum_keeper(actor, found.forum)
    return found.forum_id


POLICY: Final = Policy(
    kinds={kind.value: kind.label for kind in StagePaper},
    audiences={audience.value: audience.label for audience in Visibility},
    visible=stage_papers_visible_to,
    authorise=authorise_stage_papers,
)
