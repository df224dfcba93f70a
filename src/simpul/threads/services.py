"""Tying and untying."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.threads import registry, rules
from simpul.threads.models import Link
from simpul.threads.relations import RELATIONS


def link_records(
    actor: Actor, source: RecordRef, relation: str, target: RecordRef, *, now: datetime, link_id: UUID | None = None
) -> Link:
    """`source` is `relation` to `target`. The same link twice is one row; a retracted one may be tied anew.

    NotFound where the actor can't see an end, Denied("thread.link") where nobody who keeps one lets them.
    Invalid("unknown_relation" | "link_to_itself"), Conflict("id_taken") where `link_id` belongs to another link.
    """
    if relation not in RELATIONS:
        raise Invalid("unknown_relation", "relation", message=_("Choose one of the relations in the list."))
    if source == target:
        raise Invalid("link_to_itself", "target", message=_("Choose another record: nothing is linked to itself."))
    _require(actor, source, target)
    ends = {
        "source_kind": source.kind,
        "source_id": source.uuid,
        "relation": relation,
        "target_kind": target.kind,
        "target_id": target.uuid,
    }
    if found := _existing(link_id, ends):
        return found
    try:
        with transaction.atomic():
            link = Link.objects.create(id=link_id or uuid7(), **ends, recorded_at=now, created_by=actor.user_id)
            audit.record(actor, "threads.link_records", link.ref, details=_details(source, relation, target))
    except IntegrityError:
        # Somebody tied the same two records at this very moment: theirs is ours.
        if found := _existing(link_id, ends):
            return found
        raise
    return link


def retract_link(actor: Actor, link: Link, *, now: datetime) -> Link:
    """Take a link back from now on; as of yesterday it is still there. Retracting twice changes nothing more."""
    _require(actor, link.source, link.target)
    with transaction.atomic():
        if Link.objects.filter(pk=link.pk, superseded_at=None).update(superseded_at=now):
            details = _details(link.source, link.relation, link.target)
            audit.record(actor, "threads.retract_link", link.ref, details=details)
    return Link.objects.get(pk=link.pk)


def _require(actor: Actor, source: RecordRef, target: RecordRef) -> None:
    knots = registry.resolve({source, target}, actor)
    for ref in (source, target):
        if ref not in knots:
            raise NotFound(ref.kind, ref.uuid)
    if not rules.may_tie(knots, source, target):
        raise Denied("thread.link", source)


def _details(source: RecordRef, relation: str, target: RecordRef) -> dict[str, str]:
    return {
        "source_kind": source.kind,
        "source": str(source.uuid),
        "relation": relation,
        "target_kind": target.kind,
        "target": str(target.uuid),
    }


def _existing(link_id: UUID | None, ends: dict[str, object]) -> Link | None:
    if link_id and (taken := Link.objects.filter(pk=link_id).first()):
        if all(getattr(taken, name) == value for name, value in ends.items()):
            return taken
        raise Conflict("id_taken", message=_("This entry is already used for another link. Reload the page and retry."))
    return Link.objects.filter(**ends, superseded_at=None).first()
