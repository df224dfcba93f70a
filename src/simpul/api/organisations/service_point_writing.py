"""Keeping the entries of services: adding, changing, checking, closing."""

from typing import Annotated, Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.organisations.service_points import ServicePointFull, full, router
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Day, OwnKey, Sent, Words, on_day
from simpul.kernel.errors import Invalid
from simpul.organisations.institutions import Answer, InstitutionKind, Need, VerificationMethod
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.service_points import service_point_for
from simpul.organisations.services.service_points import (
    add_service_point,
    change_service_point,
    close_service_point,
    verify_service_point,
)
from simpul.territory.models import Area
from simpul.territory.queries import areas_by_code

WRITE: Final = ("service-points:write",)


Span = Annotated[list[str], Field(min_length=2, max_length=2)]


class PointFields(Sent):
    """What is said of a service point."""

    kind: InstitutionKind = InstitutionKind.CIVIL_SOCIETY
    name: str = Field("", max_length=200)
    needs: list[Need] = Field([], max_length=50, description=prose("Codes of the vocabulary need."))
    areas: list[AreaCode] = Field([], max_length=600, description=prose("Codes of the areas it serves."))
    seat: AreaCode | None = None
    address: str = Field("", max_length=300)
    address_public: bool = True
    hours: dict[str, list[Span]] = Field({}, description=prose("Weekday (1: Monday) to times, as clocks there show."))
    hours_note: Words | None = None
    hotline: str = Field("", max_length=40)
    whatsapp: str = Field("", max_length=40)
    documents: list[Words] = Field([], max_length=50)
    fee: Words | None = None
    free_of_charge: Answer = Answer.UNKNOWN
    accepts_children: Answer = Answer.UNKNOWN
    disability_access: Answer = Answer.UNKNOWN
    access_note: Words | None = None
    agreement: Answer = Answer.UNKNOWN


class PointChange(PointFields):
    """The fields to change; those that are not sent stay as they are."""


class NewPoint(PointFields):
    id: OwnKey = None
    owner: UUID = Field(description=prose("Who keeps the entry."))
    institution: UUID | None = Field(None, description=prose("The institution itself, where the directory has it."))
    kind: InstitutionKind
    name: str = Field(max_length=200)
    areas: list[AreaCode] = Field(min_length=1, max_length=600, description=prose("Codes of the areas it serves."))


class Closing(Sent):
    closed_on: Day = Field(description=prose("Today or earlier."))


class NewVerification(Sent):
    """That the entry was checked."""

    method: VerificationMethod
    verified_on: Day | None = Field(None, description=prose("Today in Jakarta where it is left out."))


class VerificationLine(Shape):
    id: UUID
    verified_on: Day
    method: VerificationMethod


@router.post(
    "/service-points",
    **told(
        prose("Add a service point"), prose("Of a safe house the address is never shown and the village never kept."),
        response=ServicePointFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_service_point(request: Call, sent: NewPoint) -> ServicePointFull:
    institution = organisation_for(request.actor, sent.institution) if sent.institution else None
    details = _details(sent)
    row = add_service_point(
        request.actor, organisation_for(request.actor, sent.owner), kind=details.pop("kind"), name=details.pop("name"),
        areas=_areas(sent.areas), seat=area_named("seat", sent.seat), organisation=institution, details=details,
        id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_service_point", args=[row.pk])
    return full(request, row.pk)


@router.patch(
    "/service-points/{uuid:point_id}",
    **told(
        prose("Change a service point"), prose("Only the fields that are sent. Changing is not checking."),
        response=ServicePointFull, scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_point(request: Call, point_id: UUID, sent: PointChange) -> ServicePointFull:
    version = seen_version(request)
    point = service_point_for(request.actor, point_id, today=on_day(None)).point
    places: dict[str, Any] = {}
    if "areas" in sent.model_fields_set:
        places["areas"] = _areas(sent.areas)
    if "seat" in sent.model_fields_set:
        places["seat"] = area_named("seat", sent.seat)
    change_service_point(
        request.actor, point, changes=_details(sent), seen_version=version, now=timezone.now(), **places
    )
    return full(request, point_id)


@router.post(
    "/service-points/{uuid:point_id}/verifications",
    **told(
        prose("Confirm that an entry is right"),
        prose("Once a day, person and method."),
        response=VerificationLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_verification(request: Call, point_id: UUID, sent: NewVerification) -> VerificationLine:
    point = service_point_for(request.actor, point_id, today=on_day(None)).point
    made = verify_service_point(
        request.actor, point, method=sent.method, verified_on=sent.verified_on, now=timezone.now()
    )
    return VerificationLine(id=made.pk, verified_on=made.verified_on, method=VerificationMethod(made.method))


@router.put(
    "/service-points/{uuid:point_id}/closed",
    **told(
        prose("Close a service point"), prose("Nobody is sent there any more; the entry stays."),
        response=ServicePointFull, scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def close_point(request: Call, point_id: UUID, sent: Closing) -> ServicePointFull:
    version = seen_version(request)
    point = service_point_for(request.actor, point_id, today=on_day(None)).point
    close_service_point(request.actor, point, closed_on=sent.closed_on, seen_version=version, now=timezone.now())
    return full(request, point_id)


def _details(sent: PointFields) -> dict[str, Any]:
    """The fields that were sent, as the service takes them."""
    besides = {"id", "owner", "institution", "areas", "seat"}
    return {name: getattr(sent, name) for name in sent.model_fields_set - besides}


def _areas(codes: list[str]) -> list[Area]:
    """Invalid("unknown_area") for a code that no area has."""
    found = areas_by_code(codes)
    if len(found) < len(set(codes)):
        raise Invalid("unknown_area", "areas", message=_("No area has this code. Look it up under /areas."))
    return list(found.values())
