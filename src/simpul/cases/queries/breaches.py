"""Reading the record of data breaches."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from simpul.cases.breach_kinds import KEEP, NOTICES, Told
from simpul.cases.models import BreachStep, DataBreach
from simpul.cases.rules.breaches import breaches_visible_to, papered_by, unseen
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within

__all__ = ["BreachStep", "DataBreach", "breach_for", "breaches_for", "is_told", "organisations_kept_by"]


def breaches_for(actor: Actor, *, after: UUID | None = None) -> QuerySet[DataBreach]:
    """The newest first; `is_told`: the people and the authority were. `after`: those that follow this one, all for an
    unknown one.
    """
    told = {f"told_{kind}": Exists(BreachStep.objects.filter(breach=OuterRef("pk"), kind=kind)) for kind in NOTICES}
    rows = DataBreach.objects.filter(breaches_visible_to(actor)).select_related("organisation")
    if after and (last := rows.filter(pk=after).first()):
        rows = rows.filter(Q(noticed_at__lt=last.noticed_at) | Q(noticed_at=last.noticed_at, pk__lt=last.pk))
    return rows.annotate(**told).order_by("-noticed_at", "-id")


def breach_for(actor: Actor, key: UUID) -> DataBreach:
    """NotFound out of sight."""
    steps = Prefetch("steps", BreachStep.objects.select_related("by").order_by("id"))
    found = breaches_for(actor).prefetch_related(steps).filter(pk=key).first()
    if found is None:
        raise unseen(key)
    return found


def is_told(breach: DataBreach) -> bool:
    """Of one that a query above gave."""
    return all(getattr(breach, f"told_{kind}") for kind in NOTICES)


def measures_of(breach: DataBreach) -> list[str]:
    """What was done about it, of one that `breach_for` gave."""
    return [step.words.open() for step in breach.steps.all() if step.kind == Told.MEASURE]


def organisations_kept_by(actor: Actor) -> QuerySet[Organisation]:
    """For whom the actor keeps the record, by name."""
    return Organisation.objects.filter(within(actor.scope(KEEP))).order_by("sort_key", "id")


def organisations_papered_by(actor: Actor) -> QuerySet[Organisation]:
    """For whom the actor prints the papers the law asks for, by name."""
    return Organisation.objects.filter(papered_by(actor)).order_by("sort_key", "id")
