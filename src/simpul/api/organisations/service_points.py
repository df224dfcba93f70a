"""Where to send somebody: the service points of a place, the nearest first. `service_point_writing` keeps them."""

from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, OrganisationRef, Words, on_day, words
from simpul.organisations.institutions import Answer, InstitutionKind, Need
from simpul.organisations.queries.service_points import Found, service_point_for, service_points_for

router = Router(tags=["service points"])


class PointsSought(Shape):
    area: AreaCode = Field(description=prose("Serving this area, or what it lies in."))
    need: Need | None = Field(None, description=prose("Answering this need: a code of the vocabulary need."))


class ServicePointLine(Shape):
    """A service point. A secret address is left empty for who does not keep the entry."""

    id: UUID
    kind: InstitutionKind
    name: str
    needs: list[Need]
    seat: AreaRef | None
    address: str
    hours: dict[str, list[list[str]]] = Field(description=prose("Weekday (1: Monday) to times, as clocks there show."))
    hours_note: Words | None
    hotline: str
    whatsapp: str
    documents: list[Words]
    fee: Words | None
    free_of_charge: Answer
    accepts_children: Answer
    disability_access: Answer
    closed_on: Day | None
    level: int = Field(description=prose("Of the area it serves: 1 province to 4 village."))
    verified_on: Day | None = Field(description=prose("When somebody last checked the entry."))
    is_stale: bool = Field(description=prose("Nobody has checked it for long."))


class ServicePointFull(ServicePointLine):
    """Its ETag names the version you change."""

    kept_by: OrganisationRef
    institution: OrganisationRef | None
    areas: list[str] = Field(description=prose("Codes of the areas it serves."))


@router.get(
    "/service-points",
    **told(
        prose("Find service points for a place"),
        prose("Open ones, the nearest level first; then those for whom the need comes first, then the freshest."),
        response=list[ServicePointLine],
    ),
)
def list_service_points(request: Call, sought: Query[PointsSought]) -> list[ServicePointLine]:
    area_named("area", sought.area)
    found = service_points_for(request.actor, sought.area, sought.need, today=on_day(None))
    return [ServicePointLine(**_common(one)) for one in found]


@router.get("/service-points/{uuid:point_id}", **told(prose("Read a service point"), response=ServicePointFull))
def read_service_point(request: Call, point_id: UUID) -> ServicePointFull:
    return full(request, point_id)


def full(call: Call, point_id: UUID) -> ServicePointFull:
    """As this reader may see it, with its version for the ETag. NotFound out of sight."""
    one = service_point_for(call.actor, point_id, today=on_day(None))
    call.version, institution = one.point.version, one.point.organisation
    return ServicePointFull(
        **_common(one), kept_by=OrganisationRef.of(one.point.owner_organisation),
        institution=OrganisationRef.of(institution) if institution else None,
        areas=list(one.point.served_areas.order_by("area_id").values_list("area_id", flat=True)),
    )  # fmt: skip


def _common(one: Found) -> dict[str, Any]:
    row = one.point
    return {
        "id": row.pk, "kind": row.kind, "name": row.name, "needs": row.needs, "seat": AreaRef.of(row.seat),
        "address": one.address, "hours": row.hours, "hours_note": words(row.hours_note), "hotline": row.hotline,
        "whatsapp": row.whatsapp, "documents": [dict(text) for text in row.document_texts], "fee": words(row.fee),
        "free_of_charge": row.free_of_charge, "accepts_children": row.accepts_children,
        "disability_access": row.disability_access, "closed_on": row.closed_on, "level": one.level,
        "verified_on": one.verified_on, "is_stale": one.is_stale,
    }  # fmt: skip
