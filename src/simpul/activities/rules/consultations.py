"""Who sees a consultation, and who keeps it."""

from typing import Final

from django.db.models import Q

from simpul.activities.models import Consultation
from simpul.activities.rules.events import OWNER, addressed_to
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.rules.organisations import may, within

KIND: Final = "activities.consultation"


def consultations_visible_to(actor: Actor, path: str = "") -> Q:
    """What was published to everybody or to the actor's networks, and all that the actor keeps."""
    published = Q(**{f"{path}published_at__isnull": False}) & addressed_to(actor, path)
    scope = actor.scope(MANAGE)
    return published | within(scope, f"{path}{OWNER}") if scope else published


def may_keep_consultation(actor: Actor, row: Consultation) -> bool:
    return may(actor, MANAGE, row.owner_organisation)


def require_consultation_keeper(actor: Actor, row: Consultation) -> None:
    """NotFound where it is out of sight, Denied("event.manage") where only that is missing."""
    if may_keep_consultation(actor, row):
        return
    if not Consultation.objects.filter(consultations_visible_to(actor), pk=row.pk).exists():
        raise NotFound(KIND, row.pk)
    raise Denied(MANAGE, row.ref)
