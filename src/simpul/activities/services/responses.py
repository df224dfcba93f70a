"""Opening a response, keeping what is said of it true, publishing it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.activities.models import Response, ResponseArea
from simpul.activities.rules.responses import LEAD, require_lead
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Period
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import claim_version
from simpul.territory.models import Area

EDITABLE: Final = frozenset({"name", "summary", "valid_from", "valid_until"})


def open_response(
    actor: Actor,
    network: Organisation,
    *,
    name: str,
    areas: Collection[Area],
    valid_from: date,
    valid_until: date | None = None,
    summary: LocalizedText | None = None,
    response_id: UUID | None = None,
    now: datetime,  # noqa: ARG001 - every service is told the time
) -> Response:
    """A response that `network` leads: a draft until it is published. The same id twice is one response.

    Invalid("network_needed" | "name_needed" | "areas_needed" | "period_reversed"), Conflict("id_taken").
    """
    authorise(actor, LEAD, network)
    _check(network, name, areas, valid_from, valid_until)
    if response_id and (found := Response.objects.filter(pk=response_id).first()):
        if found.network_id != network.pk:
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        return found
    with transaction.atomic():
        response = Response.objects.create(
            id=response_id or uuid7(),
            network=network,
            name=name.strip(),
            summary=summary,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        _set_areas(response, areas)
        audit.record(actor, "activities.open_response", response.ref, details={"network": str(network.pk)})
    return response


def _check(
    network: Organisation, name: str, areas: Collection[Area], valid_from: date | None, valid_until: date | None
) -> None:
    if network.kind not in NETWORKS:
        raise Invalid("network_needed", "network", message=_("A response is led by a network."))
    if not name.strip():
        raise Invalid("name_needed", "name", message=_("Give it a name, such as Flood in Lombok Timur 2025."))
    if not areas:
        raise Invalid("areas_needed", "area", message=_("Name at least one area that the response is for."))
    _check_period(valid_from, valid_until)


def _check_period(valid_from: date | None, valid_until: date | None) -> None:
    try:
        Period(valid_from, valid_until)
    except ValueError as error:
        message = _("Enter an end date after the start date.")
        raise Invalid("period_reversed", "valid_until", message=message) from error


def _set_areas(response: Response, areas: Collection[Area]) -> None:
    wanted = {area.pk: area for area in areas}
    kept = set(ResponseArea.objects.filter(response=response).values_list("area_id", flat=True))
    ResponseArea.objects.filter(response=response).exclude(area__in=wanted).delete()
    ResponseArea.objects.bulk_create(
        [ResponseArea(response=response, area=area) for code, area in wanted.items() if code not in kept]
    )


def edit_response(
    actor: Actor,
    response: Response,
    changes: Mapping[str, Any],
    *,
    areas: Collection[Area] | None = None,
    seen: int,
    now: datetime,  # noqa: ARG001
) -> Response:
    """Write `changes` (names in EDITABLE) and, where given, the areas, if the version still is the `seen` one.

    Invalid as `open_response`, Conflict("edited_meanwhile") with their values.
    """
    require_lead(actor, response)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"not to be edited: {sorted(unknown)}")
    _check_period(*(changes.get(bound, getattr(response, bound)) for bound in ("valid_from", "valid_until")))
    if areas is not None and not areas:
        raise Invalid("areas_needed", "area", message=_("Name at least one area that the response is for."))
    with transaction.atomic():
        fresh = claim_version(response, seen, changes)
        if areas is not None:
            _set_areas(fresh, areas)
        fields = sorted({*changes, *(["areas"] if areas is not None else [])})
        audit.record(actor, "activities.edit_response", response.ref, details={"fields": fields})
    return fresh


def publish_response(actor: Actor, response: Response, *, now: datetime) -> Response:
    """From now on the public reads it, and organisations write their own lines. Again changes nothing."""
    require_lead(actor, response)
    with transaction.atomic():
        if Response.objects.filter(pk=response.pk, published_at=None).update(published_at=now):
            audit.record(actor, "activities.publish_response", response.ref)
    response.refresh_from_db()
    return response
