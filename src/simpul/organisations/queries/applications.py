"""Applications as the secretariat and the applicant read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Count, DateTimeField, OuterRef, Q, QuerySet, Subquery

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.text import fold, fold_words
from simpul.organisations.admission import CLOSED, OPEN, Check
from simpul.organisations.models import (
    ApplicationCall,
    ApplicationStep,
    DirectoryTerm,
    MembershipApplication,
    Organisation,
)
from simpul.organisations.models.directory import TERM_LENGTH
from simpul.organisations.receipts import receipt_digests
from simpul.organisations.rules.applications import KIND, PURPOSE, applications_visible_to
from simpul.organisations.rules.organisations import visible_to
from simpul.organisations.turns import opened
from simpul.records.folded import starting_with
from simpul.vault.blind import blind_match

ALIKE: Final = 6
SHORTEST: Final = 4  # letters and digits: less than that is in half of all names
MOST: Final = 100
KEPT_FOR: Final = timedelta(days=182)  # the contact of an application, after the decision


@dataclass(frozen=True, slots=True)
class Alike:
    """What may be the same organisation: entries of the directory, other applications to this network."""

    organisations: tuple[Organisation, ...]
    applications: tuple[MembershipApplication, ...]

    def __bool__(self) -> bool:
        return bool(self.organisations or self.applications)


def applications_for(actor: Actor) -> QuerySet[MembershipApplication]:
    """Those the actor may decide, with `state` and `since`, the instant of the last step; the oldest first."""
    return _with_state(MembershipApplication.objects.filter(applications_visible_to(actor)))


def application_for(actor: Actor, key: UUID) -> MembershipApplication:
    """NotFound out of sight."""
    found = applications_for(actor).filter(pk=key).select_related("network", "applicant", "seat").first()
    if found is None:
        raise NotFound(KIND, key)
    return found


def application_by_receipt(receipt: str) -> MembershipApplication:
    """NotFound for a receipt that nobody was given."""
    rows = MembershipApplication.objects.filter(receipt_digest__in=receipt_digests(receipt, PURPOSE))
    found = _with_state(rows).select_related("network", "seat").first()
    if found is None:
        raise NotFound(KIND)
    return found


def _with_state(rows: QuerySet[MembershipApplication]) -> QuerySet[MembershipApplication]:
    last = ApplicationStep.objects.filter(application=OuterRef("pk")).order_by("-number")
    state = Subquery(last.values("state")[:1], output_field=CharField())
    since = Subquery(last.values("recorded_at")[:1], output_field=DateTimeField())
    annotations: dict[str, Any] = {"state": state, "since": since}
    return rows.annotate(**annotations).order_by("received_at", "pk")


def queue_of(actor: Actor, network: Organisation, *, closed: bool = False) -> list[MembershipApplication]:
    """The network's open ones, the oldest first; or its closed ones, the last decided first. At most MOST."""
    rows = applications_for(actor).filter(Q(state__in=CLOSED if closed else OPEN), network=network)
    order = ("-since", "pk") if closed else ("received_at", "pk")
    return list(rows.select_related("seat").order_by(*order)[:MOST])


def count_states(actor: Actor, network: Organisation) -> dict[str, int]:
    """State -> how many of the network's applications are in it; states without any are left out."""
    rows = applications_for(actor).filter(network=network).order_by()
    return dict(rows.values_list(*["state"]).annotate(n=Count("pk")))


def open_applications_for(actor: Actor) -> QuerySet[MembershipApplication]:
    """What waits for the actor, in any of their networks."""
    return applications_for(actor).filter(Q(state__in=OPEN)).select_related("network")


def to_forget(actor: Actor, now: datetime) -> list[MembershipApplication]:
    """Decided so long ago that their contact is not kept any more; at most MOST."""
    late = Q(state__in=CLOSED, since__lte=now - KEPT_FOR)
    return list(applications_for(actor).filter(late, forgotten_at=None).select_related("network")[:MOST])


def steps_of(application: MembershipApplication) -> list[tuple[ApplicationStep, str]]:
    """Each step with what was written, oldest first."""
    return [(step, opened(step.words)) for step in application.steps.order_by("number")]


def checks_of(application: MembershipApplication) -> Mapping[str, bool]:
    """Point of the list -> the last word on it; points nobody has looked at are left out."""
    return dict(application.checks.order_by("recorded_at", "pk").values_list("item", "is_met"))


def unmet(checks: Mapping[str, bool], needed: tuple[Check, ...]) -> list[Check]:
    return [item for item in needed if not checks.get(item)]


def call_of(network: Organisation) -> ApplicationCall | None:
    """The network's call for applications that is open now."""
    return ApplicationCall.objects.filter(network=network, closed_at=None).first()


def alike_in_directory(actor: Actor, name: str, acronym: str = "", *, also: UUID | None = None) -> list[Organisation]:
    """Organisations in sight by this name or short name, at most a handful, and `also` that one. One query.

    The first word of a name is left out too ("Yayasan", "Perkumpulan"): who writes it differently is the same.
    """
    words = fold_words(name).split(" ")
    keys = {"".join(words), "".join(words[1:]), fold(acronym)}
    terms = Q(pk__in=())
    for key in keys:
        if len(key) >= SHORTEST:
            terms |= starting_with("term", key[:TERM_LENGTH])
    by_name = Q(pk__in=DirectoryTerm.objects.filter(terms).values("organisation"))
    named = by_name | Q(pk=also) if also else by_name
    return list(
        Organisation.objects.filter(visible_to(actor), named).select_related("seat").order_by("sort_key")[:ALIKE]
    )


def alike_to(actor: Actor, application: MembershipApplication) -> Alike:
    """What the secretariat has to tell apart before it decides: the same name, or the same telephone."""
    named = starting_with("sort_key", application.sort_key)
    phone = opened(application.contact_phone)
    called = blind_match(MembershipApplication, "contact_phone", phone) if phone else Q(pk__in=())
    rows = applications_for(actor).filter(named | called, network=application.network).exclude(pk=application.pk)
    directory_rows = alike_in_directory(actor, application.name, application.acronym)
    claimed = Organisation.objects.filter(visible_to(actor), applications_sent=application)
    organisations = {row.pk: row for row in (*claimed, *directory_rows)}
    return Alike(tuple(organisations.values()), tuple(rows[:ALIKE]))
