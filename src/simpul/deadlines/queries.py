"""Which rule holds, which clocks run, what waits today. Whoever asks has judged what they may see."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from simpul.access.models import Grant
from simpul.access.rules import standing
from simpul.deadlines import rules, shipped
from simpul.deadlines.models import Clock, ClockRule
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Accompaniment, Organisation
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.records.models import known_at, true_on


def rules_in_force(organisation_id: UUID | None, *, on: date) -> dict[str, ClockRule]:
    """Code -> the version that holds that day: the organisation's own, else the node's, else the shipped one."""
    places = ["", str(organisation_id)] if organisation_id else [""]
    rows = ClockRule.objects.filter(rules.stands(), true_on(on), place__in=places)
    own = sorted(rows, key=lambda row: row.place)
    return dict(sorted({**shipped.rows(), **{row.code: row for row in own}}.items()))


def rule_in_force(code: str, organisation_id: UUID | None, *, on: date) -> ClockRule:
    """NotFound for a code nobody gave a rule."""
    places = ["", str(organisation_id)] if organisation_id else [""]
    rows = ClockRule.objects.filter(rules.stands(), true_on(on), place__in=places, code=code)
    found = rows.order_by("-place").first() or shipped.rows().get(code)
    if found is None:
        raise NotFound("deadlines.clockrule")
    return found


def rules_for(actor: Actor, organisation: Organisation | None, *, on: date) -> list[ClockRule]:
    """The rules in force there, by code, that the actor may read: law for everybody, the rest for who may set it."""
    found = rules_in_force(organisation.pk if organisation else None, on=on).values()
    if rules.may_configure(actor, organisation):
        return list(found)
    return [rule for rule in found if rules.visible_to_public(rule)]


def rule_for(actor: Actor, code: str, organisation: Organisation | None, *, on: date) -> ClockRule:
    """NotFound for one out of sight as for one that does not exist."""
    for rule in rules_for(actor, organisation, on=on):
        if rule.code == code:
            return rule
    raise NotFound("deadlines.clockrule")


def versions_of(code: str, organisation_id: UUID | None) -> QuerySet[ClockRule]:
    """What was set there for that code, newest first; the shipped rule is not among them."""
    place = str(organisation_id or "")
    return ClockRule.objects.filter(rules.stands(), place=place, code=code).order_by("-valid_from", "-id")


def decided_for(actor: Actor, organisation: Organisation) -> dict[str, list[ClockRule]]:
    """What the organisation set for itself, by code, newest first; each with `who`, the name of whoever entered it.

    Denied("deadline.configure"). One query.
    """
    rules.require_may_configure(actor, organisation)
    name = Person.objects.filter(pk=OuterRef("entered_by")).values("name")[:1]
    rows = ClockRule.objects.filter(rules.stands(), place=str(organisation.pk)).annotate(who=Subquery(name))
    found: dict[str, list[ClockRule]] = {}
    for row in rows.order_by("code", "-valid_from", "-id"):
        found.setdefault(row.code, []).append(row)
    return found


def clocks_for(refs: Iterable[RecordRef]) -> dict[RecordRef, list[Clock]]:
    """The clocks of these records, running ones first, then by due date. Every ref is a key. One query."""
    found: dict[RecordRef, list[Clock]] = {ref: [] for ref in refs}
    wanted = Q(pk__in=())
    for kind in {ref.kind for ref in found}:
        wanted |= Q(about_kind=kind, about_id__in=[ref.uuid for ref in found if ref.kind == kind])
    rows = Clock.objects.filter(wanted).select_related("rule") if found else []
    for clock in sorted(rows, key=lambda row: (row.stopped_at is not None, row.due_at, row.pk)):
        found[clock.about].append(clock)
    return found


def running_clock(ref: RecordRef, code: str) -> Clock | None:
    rows = Clock.objects.filter(about_kind=ref.kind, about_id=ref.uuid, code=code, stopped_at=None)
    return rows.select_related("rule").first()


def holders(_about: RecordRef, owner_id: UUID, roles: Iterable[str], now: datetime) -> set[UUID]:
    """Accounts of who holds one of these roles at the organisation today; a supervisor at one that accompanies it.

    The usual teller, of records that everybody with the role may know of.
    """
    on, wanted = today(now), set(roles)
    supporters = Accompaniment.objects.filter(known_at(None), true_on(on), group=owner_id).values("supporter_id")
    held = Q(organisation=owner_id, role__in=wanted - {"supervisor"})
    if "supervisor" in wanted:
        held |= Q(organisation__in=supporters, role="supervisor")
    rows = Grant.objects.filter(standing(on), held)
    return {key for key in rows.values_list("person__user_id", flat=True) if key}
