"""One rule for "may I" and "which ones": a scope, or an actor, as a `Q` over organisations."""

from uuid import UUID

from django.db.models import Q

from simpul.kernel.actor import Actor, Member, Reach, Scope
from simpul.organisations.rules.reach import accompanied_by, members_of

NOTHING = Q(pk__in=())
# Not `Q()`: an empty Q disappears from an OR, and all that was meant to be seen with it.
EVERYTHING = ~NOTHING


def within(scope: Scope, path: str = "") -> Q:
    """The organisations that a scope covers at this moment.

    `path` is a relation path ending in "__", for models that hold an organisation. An entry bound to an area covers
    organisations seated in it.
    """
    if scope.everywhere:
        return EVERYTHING
    covered = NOTHING
    for reach in {entry.reach for entry in scope.entries}:
        covered |= _reached(reach, scope.organisations(reach), path)
    return covered


def _reached(reach: Reach, ids: frozenset[UUID], path: str) -> Q:
    own = Q(**{f"{path}pk__in": ids})
    if reach is Reach.MEMBERS:
        return own | members_of(ids, path)
    if reach is Reach.ACCOMPANIED:
        return accompanied_by(ids, path)
    return own


def visible_to(actor: Actor, path: str = "") -> Q:
    """All organisations but those in safety mode; these for their own people and for who may see the protected."""
    own = [g.organisation_id for g in actor.grants if g.organisation_id] if isinstance(actor, Member) else []
    listed = Q(**{f"{path}in_safety_mode": False}) | Q(**{f"{path}pk__in": own})
    return listed | within(actor.scope("organisation.see_protected"), path)
