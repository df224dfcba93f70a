"""Who may open a record of their organisation in an emergency, and what is open to them because they did.

A context whose records can be opened so asks `opened_by` in its `visible_to`, beside what its permissions reach.
"""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.access import rules
from simpul.access.models import Deputy, EmergencyOpening, Grant
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import squeeze
from simpul.organisations.models import Accompaniment, Organisation
from simpul.organisations.rules.organisations import within
from simpul.people.models import Affiliation, Person
from simpul.records.models import known_at, true_on

BREAK_GLASS: Final = "record.break_glass"  # no role holds it: it is of the coordinator's post, and of who stands in
SHORTEST, LONGEST = 20, 500  # letters of a reason


def coordinates(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor is a coordinator of this very organisation: no reach from above counts, and no token."""
    if not isinstance(actor, Member) or actor.via:
        return False
    return any(g.role == "coordinator" and g.organisation_id == organisation.pk for g in actor.grants)


def is_deputy(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor stands in there, and showed a second factor."""
    if not isinstance(actor, Member) or actor.via or not actor.second_factor or actor.person_id is None:
        return False
    return Deputy.objects.filter(organisation=organisation, person=actor.person_id, ended_at=None).exists()


def require_coordinator(actor: Actor, organisation: Organisation) -> None:
    if not coordinates(actor, organisation):
        raise Denied(BREAK_GLASS, organisation.ref)


def require_may_open(actor: Actor, organisation: Organisation, ref: RecordRef) -> tuple[UUID, bool]:
    """Who they are, and whether they would open it as the deputy. Denied for who may open nothing of it at all."""
    as_deputy = not coordinates(actor, organisation)
    if actor.person_id is None or (as_deputy and not is_deputy(actor, organisation)):
        raise Denied(BREAK_GLASS, ref)
    return actor.person_id, as_deputy


def may_close(actor: Actor, opening: EmergencyOpening) -> bool:
    """Who opened it, and the coordinators there; no program."""
    mine = isinstance(actor, Member) and not actor.via and opening.person_id == actor.person_id
    return mine or coordinates(actor, opening.organisation)


def is_of(person: Person, organisation: Organisation, on: date) -> bool:
    rows = Affiliation.objects.filter(known_at(None), true_on(on), person=person, organisation=organisation)
    return rows.exists()


def check_reason(reason: str) -> str:
    """Invalid("reason")."""
    words = squeeze(reason)
    if not SHORTEST <= len(words) <= LONGEST:
        message = _("Write in a sentence or two what happened and why it can't wait. Others will read it.")
        raise Invalid("reason", "reason", message=message)
    return words


def open_now(actor: Actor, now: datetime) -> "QuerySet[EmergencyOpening]":
    """The actor's own openings that have not ended."""
    if actor.person_id is None or actor.via:
        return EmergencyOpening.objects.none()
    return EmergencyOpening.objects.filter(person=actor.person_id, closed_at=None, opened_at__lte=now, until__gt=now)


def opened_by(actor: Actor, kind: str, *, now: datetime) -> Q:
    """Records of `kind` ("cases.case") that the actor opened in an emergency that still lasts: a condition on `pk`."""
    return Q(pk__in=open_now(actor, now).filter(ref_kind=kind).values("ref_id"))


def is_open_to(actor: Actor, ref: RecordRef, *, now: datetime) -> bool:
    """The same rule, for one record."""
    return open_now(actor, now).filter(ref_kind=ref.kind, ref_id=ref.uuid).exists()


def openings_for(actor: Actor) -> "QuerySet[EmergencyOpening]":
    """One's own, and those at organisations whose grants the actor may read; the newest first."""
    own: Any = Q(person=actor.person_id) if actor.person_id and actor.allows(rules.READ) else Q(pk__in=())
    rows = EmergencyOpening.objects.filter(own | within(actor.scope(rules.READ), "organisation__"))
    return rows.select_related("person", "organisation").order_by("-opened_at", "-pk")


def reads_reasons(actor: Actor, *, on: date) -> Q:
    """Openings whose reason the actor may read: their own, of organisations they coordinate or accompany as supervisor.

    Narrower than `openings_for`: a reason may name people, so whoever merely reads who may do what sees that there was
    one.
    """
    if not isinstance(actor, Member) or actor.via:
        return Q(pk__in=())
    held = {role: [g.organisation_id for g in actor.grants if g.role == role] for role in ("coordinator", "supervisor")}
    groups = Accompaniment.objects.filter(known_at(None), true_on(on), supporter__in=held["supervisor"]).values("group")
    return Q(person=actor.person_id) | Q(organisation__in=held["coordinator"]) | Q(organisation__in=groups)


def witnesses(organisation: Organisation, *, but: Person, on: date) -> list[Any]:
    """Accounts of those who are told: the supervisors who accompany the organisation; its other coordinators."""
    supporters = Accompaniment.objects.filter(known_at(None), true_on(on), group=organisation).values("supporter")
    posts = Q(role="supervisor", organisation__in=supporters) | Q(role="coordinator", organisation=organisation)
    told = Grant.objects.filter(rules.standing(on), posts, person__user__is_active=True).exclude(person=but)
    return sorted(set(told.values_list("person__user_id", flat=True)))
