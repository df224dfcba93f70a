"""Whether a case may be used, until when it is kept, and what stands in the way of its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from simpul.cases.models import Case, LegalHold, Restriction, RetentionExtension, RetentionRule
from simpul.cases.queries.retention import keeping_on, kept_until
from simpul.cases.rights_kinds import MONTHS_KEPT, RetentionClass
from simpul.cases.stages import COORDINATE
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation

__all__ = ["Keep", "KeepingRule", "Restriction", "groups_coordinated", "keep_of", "rules_of", "shipped_rules"]


@dataclass(frozen=True, slots=True)
class Keep:
    """`until` None: it has not ended. `warned_for`: the day it goes, of which the coordinators were told."""

    until: date | None
    restrictions: Sequence[Restriction]
    hold: LegalHold | None
    extension: RetentionExtension | None
    warned_for: date | None


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """What is in force for a class of cases: `basis` says on what it rests."""

    kept: RetentionClass
    months: int
    basis: str


def keep_of(case: Case, *, on: date) -> Keep:
    """Of a case the actor was let into."""
    until = kept_until(case, on=on)
    warned = case.retention_warnings.filter(erase_on__gte=until).order_by("erase_on").first() if until else None
    return Keep(
        until=until,
        restrictions=list(case.restrictions.filter(lifted_at=None).select_related("party").order_by("id")),
        hold=case.holds.filter(lifted_at=None).first(),
        extension=case.extensions.order_by("-until", "-id").first(),
        warned_for=warned.erase_on if warned else None,
    )


def groups_coordinated(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose cases' keeping the actor sets, by name."""
    held = actor.scope(COORDINATE).entries
    wanted = [entry.organisation_id for entry in held if entry.organisation_id and entry.area_code is None]
    return Organisation.objects.filter(pk__in=wanted).order_by("sort_key", "id")


def rules_of(organisation: Organisation, *, on: date) -> list[KeepingRule]:
    """One for each class: the organisation's own, else the node's, else what the program comes with."""
    keeping = keeping_on(on)
    rows = RetentionRule.objects.filter(
        Q(organisation=organisation) | Q(organisation=None), valid_from__lte=on
    ).order_by("valid_from", "id")
    basis = {(row.kept, row.organisation_id): row.basis for row in rows}
    found = []
    for kept in RetentionClass:
        place = organisation.pk if (kept.value, organisation.pk) in keeping else None
        words = basis.get((kept.value, place)) or _("No law gives a figure: as the program comes.")
        found.append(KeepingRule(kept, keeping[kept.value, place], words))
    return found


def shipped_rules() -> list[KeepingRule]:
    """What the program comes with."""
    words = _("No law gives a figure: as the program comes.")
    return [KeepingRule(kept, MONTHS_KEPT[kept], words) for kept in RetentionClass]
