"""What the pages of organisations show beside their own: who vouched, and the thread."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import ApplicationCall, Confirmation, DeclaredReach, Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries.networks import memberships_for
from simpul.organisations.queries.profiles import organisations_for
from simpul.organisations.rules.organisations import KIND
from simpul.people.models import Person
from simpul.people.rules import listed
from simpul.records.models import known_at
from simpul.threads.queries import ThreadKnot, thread_for
from simpul.web import formats
from simpul.web.components import Knot
from simpul.web.organisations.rows import Activity, activity


def organisation_with_vouching(actor: Actor, organisation_id: UUID, today: date) -> tuple[Organisation, Activity, str]:
    """It, when it was last found at work, and in a sentence by whom: named only who agreed to be named.

    It carries `takes_applications`. One query. NotFound as `queries.profiles.organisation_for`.
    """
    by = Person.objects.filter(listed(), pk=OuterRef("confirmed_by")).values("name")[:1]
    last = Confirmation.objects.filter(organisation=OuterRef("pk")).order_by("-confirmed_on", "-id")
    rows = organisations_for(actor).filter(pk=organisation_id).select_related("seat")
    found = rows.annotate(
        confirmed_on=Subquery(last.values("confirmed_on")[:1]),
        vouched_by=Subquery(last.annotate(by=Subquery(by)).values("by")[:1]),
        takes_applications=Exists(ApplicationCall.objects.filter(network=OuterRef("pk"), closed_at=None)),
    ).first()
    if found is None:
        raise NotFound(KIND, organisation_id)
    named = "" if found.in_safety_mode else found.vouched_by
    return found, activity(found.confirmed_on, today), _vouching(found.confirmed_on, named)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a network says of itself."""

    count: int
    is_approximate: bool
    note: str
    declared_on: date


@dataclass(frozen=True, slots=True)
class Host:
    """Who hosts the secretariat of a network."""

    id: UUID
    name: str


def network_with_declared(
    actor: Actor, organisation_id: UUID, day: date
) -> tuple[Organisation, Declared | None, list[Host]]:
    """It, how many members it last declared by that day, and who in sight hosts its secretariat then: at most two.

    One query. NotFound as `organisation_for`.
    """
    last = DeclaredReach.objects.filter(known_at(None), network=OuterRef("pk"), declared_on__lte=day)
    names = ("count", "is_approximate", "note", "declared_on")
    said = last.annotate(said=JSONObject(**{name: name for name in names})).order_by("-declared_on").values("said")[:1]
    hosting = _hosting(actor, day).annotate(host=JSONObject(id="member_id", name="member__name"))
    hosts = {f"host_{n}": Subquery(hosting.values("host")[n : n + 1]) for n in range(2)}
    rows = organisations_for(actor).filter(pk=organisation_id).select_related("seat")
    found: Any = rows.annotate(said=Subquery(said), **hosts).first()
    if found is None:
        raise NotFound(KIND, organisation_id)
    known = [Host(UUID(host["id"]), host["name"]) for name in hosts if (host := getattr(found, name))]
    if not found.said:
        return found, None, known
    day = date.fromisoformat(found.said["declared_on"])
    declared = Declared(found.said["count"], bool(found.said["is_approximate"]), found.said["note"], day)
    return found, declared, known


def _hosting(actor: Actor, day: date) -> QuerySet[Membership]:
    """Of the organisation a query is about. As `queries.networks.secretariats`, which is about one."""
    rows = memberships_for(actor, on=day).filter(network=OuterRef("pk"), role=MembershipRole.SECRETARIAT)
    return rows.order_by("member__sort_key", "id")


def _vouching(last: date | None, name: str | None) -> str:
    if last is None:
        return ""
    day = formats.day(last, language=get_language() or "id")
    if name:
        return _("%(name)s found it at work on %(day)s.") % {"name": name, "day": day}
    return _("Found at work on %(day)s.") % {"day": day}


def thread_of(actor: Actor, organisation: Organisation) -> list[Knot]:
    """*Benang merah* through it; nothing where it hangs on nothing."""
    found = thread_for(actor, organisation.ref)
    return [_knot(knot) for knot in found] if len(found) > 1 else []


def _knot(found: ThreadKnot) -> Knot:
    note = found.ties[0].label if found.ties else ""
    if found.knot is None:
        return Knot(_("A record that is kept closed"), note=note, tone="terung")
    return Knot(found.knot.title, note=note, href=found.knot.href or "")
