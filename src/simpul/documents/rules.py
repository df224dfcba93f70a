"""Which documents an actor sees: what each record's own policy says, and nothing where it says nothing."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.documents.policies import Policy, policies, policy_of
from simpul.kernel.actor import Actor, Member, System, Visitor
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.refs import RecordRef

KIND = "documents.document"
SEND: Final = "document.send"  # no role's: a token may be given it or not
NOTHING = Q(pk__in=())


def visible_to(actor: Actor, kind: str | None = None) -> Q:
    """The documents of all kinds of record that the actor sees, or of one; removed ones are seen by nobody."""
    seen = NOTHING
    for subject_kind, policy in policies().items():
        if kind in (None, subject_kind):
            seen |= Q(subject_kind=subject_kind) & policy.visible(actor)
    return Q(removed_at=None) & seen


def authorise(actor: Actor, subject: RecordRef) -> tuple[Policy, UUID]:
    """The record's policy and its owner. NotFound, Denied as the policy says; NotFound where there is none."""
    policy = policy_of(subject.kind)
    if policy is None:
        raise NotFound(subject.kind, subject.uuid)
    return policy, policy.authorise(actor, subject)


PLATFORM: Final = UUID(int=0)


def sender(actor: Actor) -> UUID:
    """Whose uploads they are. Denied to who is neither signed in nor at something of theirs: where a file goes is asked
    when it is put there.
    """
    if isinstance(actor, System):
        return PLATFORM
    if isinstance(actor, Visitor):
        return actor.visit_id
    if not isinstance(actor, Member) or actor.user_id is None or not actor.allows(SEND):
        raise Denied(SEND)
    return actor.user_id


def check_is_platform(actor: Actor) -> None:
    """Tidying is nobody's but the platform's own."""
    if not isinstance(actor, System):
        raise Denied("document.tidy")
