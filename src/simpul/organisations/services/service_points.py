"""The directory of service points: who is there, what they ask for, who last checked."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations import shapes
from simpul.organisations.institutions import Answer, InstitutionKind, Need, VerificationMethod, Weekday
from simpul.organisations.models import Organisation, ServedArea, ServicePoint, ServicePointVerification
from simpul.organisations.publishing import publish_service_point
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.rules.service_points import authorise_point
from simpul.records.locks import claim_version
from simpul.territory.models import Area

_CLOCK = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)")
ANSWER: Final = shapes.one_of(Answer, blank=False)


def _hours(field: str, value: Any) -> dict[str, list[list[str]]]:
    """Weekday -> spans of opening, "08.00" read as "08:00"; each ends after it begins, none overlap."""
    tidy: dict[str, list[list[str]]] = {}
    for weekday, spans in (value or {}).items():
        shapes.one_of(Weekday, blank=False)(field, weekday)
        clocks = sorted([_clock(field, opens), _clock(field, closes)] for opens, closes in spans)
        flat = [clock for span in clocks for clock in span]
        if any(earlier >= later for earlier, later in pairwise(flat)):
            raise Invalid("hours_order", field, message=_("It closes after it opens. Check the hours of each day."))
        if clocks:
            tidy[str(weekday)] = clocks
    return dict(sorted(tidy.items()))


def _clock(field: str, text: str) -> str:
    if not (match := _CLOCK.fullmatch(str(text))):
        raise Invalid("not_a_time", field, message=_("Write the time as 08.00."))
    return f"{match[1]}:{match[2]}"


class Kept(Enum):
    """What is not told is kept; None is a seat taken away."""

    AS_IT_IS = "as it is"


def _yes_or_no(_field: str, value: Any) -> bool:
    return bool(value)


POINT_CLEANERS: Final[Mapping[str, shapes.Clean]] = {
    "kind": shapes.one_of(InstitutionKind, blank=False),
    "name": shapes.words(200),
    "needs": shapes.some_of(Need),
    "address": shapes.words(300),
    "address_public": _yes_or_no,
    "hours": _hours,
    "hours_note": shapes.localized,
    "hotline": shapes.phone,
    "whatsapp": shapes.phone,
    "documents": shapes.localized_list,
    "fee": shapes.localized,
    "free_of_charge": ANSWER,
    "accepts_children": ANSWER,
    "disability_access": ANSWER,
    "access_note": shapes.localized,
    "agreement": ANSWER,
}


def add_service_point(
    actor: Actor,
    owner: Organisation,
    *,
    kind: str,
    name: str,
    areas: Collection[Area],
    now: datetime,
    seat: Area | None = None,
    organisation: Organisation | None = None,
    details: Mapping[str, Any] | None = None,
    id: UUID | None = None,  # noqa: A002
) -> ServicePoint:
    """Enter a service point that `owner` keeps. `details` are fields of `POINT_CLEANERS`; errors as change_profile.

    A safe house gets no public address and no seat below the regency, whatever is sent.
    """
    authorise(actor, "service_point.manage", owner)
    cleaned = _clean({**(details or {}), "kind": kind, "name": name})
    if not areas:
        raise Invalid("areas_needed", "areas", message=_("Choose the areas it serves."))
    with transaction.atomic():
        point, created = ServicePoint.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                **_kept_secret(cleaned, kind),
                "owner_organisation": owner,
                "organisation": organisation,
                "seat_id": _coarse(seat.pk if seat else None, kind),
                "changed_at": now,
            },
        )
        if not created:
            return _same_owner(point, owner)
        _serve(point, areas)
        publish_service_point(point)
        record(actor, "organisations.add_service_point", point.ref, details={"kind": kind})
    return point


def change_service_point(
    actor: Actor,
    point: ServicePoint,
    *,
    changes: Mapping[str, Any],
    seen_version: int,
    now: datetime,
    areas: Collection[Area] | None = None,
    seat: Area | Kept | None = Kept.AS_IT_IS,
) -> ServicePoint:
    """As change_profile, and the areas served and the seat where they are given. Changing is not checking: see verify.

    A safe house keeps no seat below the regency, and what becomes one loses it.
    """
    authorise_point(actor, "service_point.manage", point)
    cleaned = _clean(changes)
    kind = cleaned.get("kind", point.kind)
    if areas is not None and not areas:
        raise Invalid("areas_needed", "areas", message=_("Choose the areas it serves."))
    with transaction.atomic():
        code = point.seat_id if isinstance(seat, Kept) else seat.pk if seat else None
        secret = {**_kept_secret(cleaned, kind), "seat_id": _coarse(code, kind), "changed_at": now}
        fresh = claim_version(point, seen_version, secret)
        if areas is not None:
            _serve(fresh, areas)
        publish_service_point(fresh)
        besides = {"areas": areas is not None, "seat": not isinstance(seat, Kept)}
        fields = sorted([*cleaned, *(name for name, given in besides.items() if given)])
        record(actor, "organisations.change_service_point", fresh.ref, details={"fields": fields})
    return fresh


def verify_service_point(
    actor: Actor, point: ServicePoint, *, method: str, now: datetime, verified_on: date | None = None
) -> ServicePointVerification:
    """Somebody checked that the entry is right. Once a day, person and method: again gives the same row."""
    authorise_point(actor, "service_point.verify", point)
    method = shapes.one_of(VerificationMethod, blank=False)("method", method)
    day = verified_on or local_date(now, Zone.WIB)
    shapes.check_past(day, "verified_on", now)
    with transaction.atomic():
        same = point.verifications.filter(verified_on=day, method=method, verified_by=actor.person_id).first()
        if same:
            return same
        row = ServicePointVerification.objects.create(
            service_point=point, verified_on=day, method=method, verified_by=actor.person_id, recorded_at=now
        )
        record(actor, "organisations.verify_service_point", point.ref, details={"method": method})
    return row


def close_service_point(
    actor: Actor, point: ServicePoint, *, closed_on: date, seen_version: int, now: datetime
) -> ServicePoint:
    """It no longer serves anybody from that day on; the entry stays for what refers to it.

    Invalid("in_the_future") for a day to come: until then it does serve people, and they would be sent elsewhere.
    """
    authorise_point(actor, "service_point.manage", point)
    shapes.check_past(closed_on, "closed_on", now)
    with transaction.atomic():
        if point.closed_on == closed_on:
            return point
        fresh = claim_version(point, seen_version, {"closed_on": closed_on, "changed_at": now})
        publish_service_point(fresh)
        record(actor, "organisations.close_service_point", fresh.ref)
    return fresh


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(values.keys() - POINT_CLEANERS.keys()):
        raise Invalid("unknown_field", unknown[0], message=_("This can't be changed here."))
    cleaned = {field: POINT_CLEANERS[field](field, value) for field, value in values.items()}
    if "name" in cleaned and not cleaned["name"]:
        raise Invalid("name_needed", "name", message=_("Write the name of the place or office."))
    return cleaned


def _kept_secret(cleaned: dict[str, Any], kind: str) -> dict[str, Any]:
    return {**cleaned, "address_public": False} if kind == InstitutionKind.SAFE_HOUSE else cleaned


def _coarse(seat_code: str | None, kind: str) -> str | None:
    return seat_code[:5] if seat_code and kind == InstitutionKind.SAFE_HOUSE else seat_code


def _serve(point: ServicePoint, areas: Collection[Area]) -> None:
    codes = {area.pk for area in areas}
    point.served_areas.exclude(area__in=codes).delete()
    ServedArea.objects.bulk_create(
        (ServedArea(service_point=point, area_id=code) for code in sorted(codes)), ignore_conflicts=True
    )


def _same_owner(point: ServicePoint, owner: Organisation) -> ServicePoint:
    if point.owner_organisation_id != owner.pk:
        raise Conflict("id_taken", message=_("This entry exists already. Start again with a new form."))
    return point
