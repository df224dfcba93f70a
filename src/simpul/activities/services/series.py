"""Series: begun, kept true, and the days on which none is due."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import titled, told
from simpul.activities.kinds import EventKind, Rhythm, Visibility
from simpul.activities.models import EventSeries, SeriesBreak
from simpul.activities.rules.events import require_series_manager
from simpul.activities.states import MANAGE
from simpul.activities.times import zone_for
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.shapes import Clean, day, one_of, words
from simpul.records.locks import claim_version

FIELDS: Final[dict[str, Clean]] = {
    "title": titled,
    "about": told,
    "kind": one_of(EventKind, blank=False),
    "visibility": one_of(Visibility, blank=False),
    "rhythm": one_of(Rhythm),
    "starts_on": day,
    "ends_on": day,
}


def create_series(
    actor: Actor,
    organisation: Organisation,
    *,
    title: LocalizedText,
    kind: str,
    visibility: str,
    rhythm: str,
    starts_on: date,
    now: datetime,
    ends_on: date | None = None,
    about: LocalizedText | None = None,
    zone: str = "",
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> EventSeries:
    """The same id again is the same series. Invalid as the shapes say, Conflict("id_taken")."""
    authorise(actor, MANAGE, organisation)
    values = {"title": title, "about": about, "kind": kind, "visibility": visibility, "rhythm": rhythm}
    said = _cleaned({**values, "starts_on": starts_on, "ends_on": ends_on})
    _check_days(said["starts_on"], said["ends_on"])
    with transaction.atomic():
        made, is_new = EventSeries.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                **said,
                "zone": zone_for(zone, None, organisation),
                "owner_organisation": organisation,
                "created_at": now,
            },
        )
        if not is_new:
            return _the_same(made, organisation)
        audit.record(actor, "activities.create_series", made.ref, details={"kind": made.kind})
    return made


def change_series(actor: Actor, series: EventSeries, *, seen: int, now: datetime, **changes: Any) -> EventSeries:  # noqa: ARG001 - every service is told the time
    """Invalid as the shapes say, Conflict("edited_meanwhile") with their values."""
    require_series_manager(actor, series)
    said = _cleaned(changes)
    _check_days(said.get("starts_on", series.starts_on), said.get("ends_on", series.ends_on))
    with transaction.atomic():
        fresh = claim_version(series, seen, said)
        audit.record(actor, "activities.change_series", series.ref, details={"fields": sorted(said)})
    return fresh


def add_break(
    actor: Actor,
    series: EventSeries,
    *,
    valid_from: date,
    valid_until: date,
    reason: str,
    now: datetime,  # noqa: ARG001
) -> SeriesBreak:
    """None is due from `valid_from` to the day before `valid_until`. The same days again are the same row.

    Invalid("ends_before_start" | "reason_needed").
    """
    require_series_manager(actor, series)
    if valid_until <= valid_from:
        raise Invalid("ends_before_start", "valid_until", message=_("The break would end before it begins."))
    why = words(120)("reason", reason)
    if not why:
        raise Invalid("reason_needed", "reason", message=_("Say why, in a word or two."))
    with transaction.atomic():
        made, is_new = SeriesBreak.objects.get_or_create(
            series=series, valid_from=valid_from, valid_until=valid_until, defaults={"reason": why}
        )
        if is_new:
            details = {"from": valid_from.isoformat(), "until": valid_until.isoformat()}
            audit.record(actor, "activities.add_break", series.ref, details=details)
    return made


def remove_break(actor: Actor, pause: SeriesBreak, *, now: datetime) -> None:  # noqa: ARG001
    """Twice changes nothing more."""
    require_series_manager(actor, pause.series)
    with transaction.atomic():
        gone, _rows = SeriesBreak.objects.filter(pk=pause.pk).delete()
        if gone:
            audit.record(actor, "activities.remove_break", pause.series.ref)


def _cleaned(values: dict[str, Any]) -> dict[str, Any]:
    return {name: FIELDS[name](name, value) for name, value in values.items()}


def _check_days(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Invalid("ends_before_start", "ends_on", message=_("The series would end before it begins."))


def _the_same(there: EventSeries, organisation: Organisation) -> EventSeries:
    if there.owner_organisation_id == organisation.pk:
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
