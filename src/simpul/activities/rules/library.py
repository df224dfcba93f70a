"""Who reads what of the library, who keeps it, and whose readings one sees."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import FileKind
from simpul.activities.models import LibraryEdition, LibraryItem
from simpul.activities.rules.events import OWNER, RECORD, addressed_to
from simpul.activities.states import MANAGE
from simpul.documents.policies import Policy
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import NOTHING, may, within

ITEM: Final = "activities.libraryitem"
EDITION: Final = "activities.libraryedition"


def items_visible_to(actor: Actor, path: str = "") -> Q:
    """What is published to everybody or to the actor's networks, and all that the actor keeps."""
    published = Q(**{f"{path}published_at__isnull": False, f"{path}withdrawn_at": None}) & addressed_to(actor, path)
    scope = actor.scope(MANAGE)
    return published | within(scope, f"{path}{OWNER}") if scope else published


def may_keep_item(actor: Actor, item: LibraryItem) -> bool:
    return may(actor, MANAGE, item.owner_organisation)


def require_item_keeper(actor: Actor, item: LibraryItem) -> None:
    """NotFound where it is out of sight, Denied("event.manage") where only that is missing."""
    if may_keep_item(actor, item):
        return
    require_item_sight(actor, item)
    raise Denied(MANAGE, item.ref)


def require_item_sight(actor: Actor, item: LibraryItem) -> None:
    if not LibraryItem.objects.filter(items_visible_to(actor), pk=item.pk).exists():
        raise NotFound(ITEM, item.pk)


def groups_read_for(actor: Actor) -> Q:
    """Over organisations: those for which the actor may note that they read something."""
    scope = actor.scope(RECORD)
    return within(scope) if scope else NOTHING


def require_reader(actor: Actor, organisation: Organisation) -> None:
    """Denied("attendance.record"): a group's own people say what it read."""
    if not may(actor, RECORD, organisation):
        raise Denied(RECORD, organisation.ref)


def readings_visible_to(actor: Actor) -> Q:
    """Over readings: of groups that the actor notes it for or accompanies, and of items that the actor keeps."""
    seen = NOTHING
    for permission in (RECORD, MANAGE):
        if scope := actor.scope(permission):
            seen |= within(scope, "organisation__")
    kept = actor.scope(MANAGE)
    return seen | within(kept, f"item__{OWNER}") if kept else seen


def files_visible_to(actor: Actor) -> Q:
    """Over `Document`: those of an edition go with its item."""
    seen = LibraryEdition.objects.filter(items_visible_to(actor, "item__"))
    return Q(subject_id__in=seen.values("pk"))


def authorise_files(actor: Actor, subject: RecordRef) -> UUID:
    """NotFound, Denied as `require_item_keeper`."""
    rows = LibraryEdition.objects.filter(pk=subject.uuid).select_related("item__owner_organisation")
    found = rows.first()
    if found is None:
        raise NotFound(EDITION, subject.uuid)
    require_item_keeper(actor, found.item)
    return found.item.owner_organisation_id


POLICY: Final = Policy(
    kinds={kind.value: kind.label for kind in FileKind},
    audiences={audience.value: audience.label for audience in Visibility},
    visible=files_visible_to,
    authorise=authorise_files,
)
