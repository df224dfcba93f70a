"""Which cases an export takes, as lines; and the register of exports itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from simpul.cases.export_columns import Line
from simpul.cases.export_kinds import Part
from simpul.cases.models import Case, CaseExport, ExportedCase, ExportWork, Party, Service
from simpul.cases.relations import PartyRole
from simpul.cases.rules.exports import KIND, exportable, exports_visible_to
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.rules.sight import require_sight, visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.territory.models import Area

__all__ = ["CaseExport", "ExportWork", "cases_in", "export_for", "exports_for", "exports_of", "lines_of", "seen_in"]

TOGETHER: Final = 200


def exports_for(actor: Actor, *, now: datetime, after: UUID | None = None) -> QuerySet[CaseExport]:
    """The newest first. `after`: those that follow this one; an unknown one is followed by all.

    Ids come from whoever asks, times from us: by ids alone, somebody could choose one that no page ever shows.
    """
    seen = CaseExport.objects.filter(exports_visible_to(actor, now=now))
    rows = seen.select_related("owner_organisation", "asked_by").order_by("-asked_at", "-id")
    last = seen.filter(pk=after).values_list("asked_at", "pk").first() if after else None
    return rows.filter(Q(asked_at__lt=last[0]) | Q(asked_at=last[0], pk__lt=last[1])) if last else rows


def export_for(actor: Actor, export_id: UUID, *, now: datetime) -> CaseExport:
    """NotFound for one out of sight."""
    found = exports_for(actor, now=now).select_related("work").filter(pk=export_id).first()
    if found is None:
        raise NotFound(KIND, export_id)
    return found


def exports_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[CaseExport]:
    """Those that a case in sight is in, for whoever may see exports."""
    require_sight(actor, case, now=now)
    return exports_for(actor, now=now).filter(pk__in=ExportedCase.objects.filter(case_id=case.pk).values("export_id"))


def seen_in(actor: Actor, export: CaseExport, *, now: datetime) -> tuple[int, int]:
    """(of its cases those the actor sees, those erased since): a number must not tell of a case one can't see.

    Erased is also the one of whose several people one was erased.
    """
    rows = ExportedCase.objects.filter(export=export)
    seen = rows.filter(case_id__in=Case.objects.filter(visible_to(actor, now=now)).values("pk")).count()
    hidden = Case.objects.filter(~visible_to(actor, now=now), pk=OuterRef("case_id"))
    return seen, rows.filter(~Exists(hidden), erased_at__isnull=False).count()


def cases_in(actor: Actor, organisation: Organisation, part: Part, *, now: datetime) -> QuerySet[Case]:
    """In no order. Nothing that is hidden from the actor, outside their grants, or not to be used."""
    wanted = Q(owner_organisation=organisation)
    if part.since:
        wanted &= Q(received_on__gte=part.since)
    if part.until:
        wanted &= Q(received_on__lte=part.until)
    if part.branch:
        wanted &= Q(branch=part.branch)
    if part.area_code:
        wanted &= Q(area__code__within=part.area_code)
    return Case.objects.filter(visible_to(actor, now=now), exportable(actor), wanted)


def lines_of(actor: Actor, ids: Sequence[UUID], *, now: datetime) -> Iterator[tuple[Case, list[Line]]]:
    """Each case with a line for each person it is about, in this order. A few queries for every TOGETHER cases."""
    places: dict[str, str] = {}
    for start, end in pairwise([*range(0, len(ids), TOGETHER), len(ids)]):
        rows = {row.pk: row for row in _cases(actor, ids[start:end], now)}
        _learn(places, {row.area_id for row in rows.values()})
        for pk in ids[start:end]:
            if pk in rows:
                yield rows[pk], _lines(rows[pk], places)


def _cases(actor: Actor, ids: Sequence[UUID], now: datetime) -> QuerySet[Case]:
    people = Party.objects.filter(
        parties_visible_to(actor, now=now), role__in=[PartyRole.VICTIM, PartyRole.ALLEGED]
    ).order_by("recorded_at", "id")
    services = Service.objects.filter(withdrawn_at=None).select_related("provider").order_by("provided_on", "id")
    seen = Case.objects.filter(visible_to(actor, now=now), exportable(actor), pk__in=ids)
    return seen.prefetch_related(
        Prefetch("parties", people.prefetch_related("types"), to_attr="told"),
        Prefetch("services", services, to_attr="given"),
    )


def _lines(case: Case, places: dict[str, str]) -> list[Line]:
    by_role: dict[str, list[Party]] = defaultdict(list)
    for party in case.told:  # type: ignore[attr-defined]
        party.case = case
        by_role[party.role].append(party)
    return [
        Line(
            case, person, number, by_role[PartyRole.ALLEGED],
            [one for one in case.given if one.party_id == person.pk],  # type: ignore[attr-defined]
            places,
        )
        for number, person in enumerate(by_role[PartyRole.VICTIM], start=1)
    ]  # fmt: skip


def _learn(places: dict[str, str], codes: set[str]) -> None:
    wanted = {".".join(code.split(".")[:depth]) for code in codes for depth in range(1, 5)} - places.keys()
    places.update(Area.objects.filter(code__in=wanted).values_list("code", "name") if wanted else ())
