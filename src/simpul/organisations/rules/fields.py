"""Which fields of a profile an actor sees."""

from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import PROTECTED, may_any, seen_from_inside
from simpul.organisations.rules.reach import share_a_network
from simpul.organisations.visibility import FIELDS, Audience, audience_of


def visible_fields(actor: Actor, organisation: Organisation) -> frozenset[str]:
    """Names of `visibility.FIELDS` this actor sees of an organisation that they see at all."""
    audiences = {field: audience_of(field, organisation.kind, organisation.field_audiences) for field in FIELDS}
    seen = _audiences_of(actor, organisation)
    return frozenset(field for field, audience in audiences.items() if audience in seen)


def _audiences_of(actor: Actor, organisation: Organisation) -> frozenset[Audience]:
    own = seen_from_inside(actor)
    if organisation.pk in own or may_any(actor, (PROTECTED, "organisation.edit"), organisation):
        return frozenset(Audience)
    if own and share_a_network(own, organisation.pk):
        return frozenset({Audience.PUBLIC, Audience.NETWORK})
    return frozenset({Audience.PUBLIC})
