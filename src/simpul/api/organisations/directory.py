"""The directory: finding organisations, reading one, registering, keeping it true."""

from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.profiles import (
    OrganisationFull,
    OrganisationLine,
    ProfileChange,
    Registration,
    area_named,
    changes_of,
    full,
    lines,
    moment,
)
from simpul.api.paging import Cut, Page, next_page, read_cursor
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Day, PartialText, Sent, partial
from simpul.kernel.errors import Invalid
from simpul.kernel.time import PartialDate
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import OrganisationName
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import names_of, organisation_for
from simpul.organisations.sectors import Sector
from simpul.organisations.services.names import rename_organisation
from simpul.organisations.services.places import set_seat
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.standing import confirm_active

router = Router(tags=["organisations"])
READ: Final = ("organisations:read",)
WRITE: Final = ("organisations:write",)


class Sought(Cut):
    """The filters of the directory; together they narrow."""

    q: str = Field("", max_length=200, description=prose("Words of a present or former name or acronym, in any order."))
    area: AreaCode | None = Field(None, description=prose("Seated or working in this area or within it."))
    sector: Sector | None = Field(None, description=prose("A code of the vocabulary sector."))
    kind: OrganisationKind | None = Field(None, description=prose("A code of the vocabulary kind."))
    network: UUID | None = Field(None, description=prose("Today a member of this network, at any level."))
    active_since: Day | None = Field(None, description=prose("Found at work on that day or later."))


class OrganisationPage(Page[OrganisationLine]):
    """A page of the directory."""

    total: int = Field(description=prose("How many there are, as far as they are counted."))
    total_is_more: bool = Field(description=prose("There are more: a long list is not counted to its end."))


class NameLine(Shape):
    """A name it bears or bore."""

    id: UUID
    name: str
    acronym: str
    valid_from: PartialText | None
    valid_until: PartialText | None


class NewName(Sent):
    """A name from a moment on."""

    name: str = Field(max_length=200)
    acronym: str = Field("", max_length=40)
    since: PartialText


class NewSeat(Sent):
    """Where it sits; null where nobody knows."""

    area: AreaCode | None


class NewConfirmation(Sent):
    """That it was found at work."""

    confirmed_on: Day | None = Field(None, description=prose("Today in Jakarta where it is left out."))


class ConfirmationLine(Shape):
    id: UUID
    confirmed_on: Day


@router.get(
    "/organisations",
    **told(
        prose("Find organisations"),
        prose("By name; with words, by the word that matches. What is hidden for its safety is not here."),
        response=OrganisationPage,
        scopes=READ,
    ),
)
def list_organisations(request: Call, sought: Query[Sought]) -> OrganisationPage:
    search = Search(
        text=sought.q, area_code=sought.area, sector=sought.sector, kind=sought.kind, network=sought.network,
        active_since=sought.active_since,
    )  # fmt: skip
    after = read_cursor(sought)
    found = directory(request.actor, search, after=after[0] if after else "", limit=sought.limit)
    onward = next_page(request, [found.next] if found.next else [])
    return OrganisationPage(
        items=lines(list(found.rows)), next=onward, total=found.total, total_is_more=found.more_than_total
    )


@router.get(
    "/organisations/{uuid:organisation_id}",
    exclude_unset=True,
    **told(
        prose("Read an organisation"),
        prose("The fields that you may see; its ETag names the version you change."),
        response=OrganisationFull,
        scopes=READ,
    ),
)
def read_organisation(request: Call, organisation_id: UUID) -> OrganisationFull:
    return full(request, organisation_for(request.actor, organisation_id))


@router.get(
    "/organisations/{uuid:organisation_id}/names",
    **told(prose("The names it bore"), prose("The first one first."), response=list[NameLine], scopes=READ),
)
def list_names(request: Call, organisation_id: UUID) -> list[NameLine]:
    rows = names_of(organisation_for(request.actor, organisation_id))
    return [name_line(row) for row in rows]


@router.post(
    "/organisations",
    exclude_unset=True,
    **told(
        prose("Register an organisation"),
        prose("The directory lists it at once."),
        response=OrganisationFull,
        status=201,
        scopes=WRITE,
        needs_token=True,
    ),
)
def create_organisation(request: Call, sent: Registration) -> OrganisationFull:
    row = register_organisation(
        request.actor, kind=sent.kind, name=sent.name, acronym=sent.acronym, seat=area_named("seat", sent.seat),
        founded=moment("founded", sent.founded), named_since=moment("named_since", sent.named_since), id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_organisation", args=[row.pk])
    return full(request, row)


@router.patch(
    "/organisations/{uuid:organisation_id}",
    exclude_unset=True,
    **told(
        prose("Change an entry"),
        prose("Only the fields that are sent. A name is changed by giving it a new one."),
        response=OrganisationFull,
        scopes=WRITE,
        needs_token=True,
        versioned=True,
    ),
)
def change_organisation(request: Call, organisation_id: UUID, sent: ProfileChange) -> OrganisationFull:
    version = seen_version(request)
    row = organisation_for(request.actor, organisation_id)
    fresh = change_profile(request.actor, row, changes=changes_of(sent), seen_version=version, now=timezone.now())
    return full(request, fresh)


@router.put(
    "/organisations/{uuid:organisation_id}/seat",
    exclude_unset=True,
    **told(prose("Move its seat"), response=OrganisationFull, scopes=WRITE, needs_token=True, versioned=True),
)
def change_seat(request: Call, organisation_id: UUID, sent: NewSeat) -> OrganisationFull:
    version = seen_version(request)
    row = organisation_for(request.actor, organisation_id)
    seat = area_named("area", sent.area)
    return full(request, set_seat(request.actor, row, seat=seat, seen_version=version, now=timezone.now()))


@router.post(
    "/organisations/{uuid:organisation_id}/names",
    **told(
        prose("Give it a new name"),
        prose("The name before ends on the day the new one begins."),
        response=NameLine,
        status=201,
        scopes=WRITE,
        needs_token=True,
    ),
)
def create_name(request: Call, organisation_id: UUID, sent: NewName) -> NameLine:
    row = organisation_for(request.actor, organisation_id)
    since = _since(sent)
    new = rename_organisation(request.actor, row, name=sent.name, acronym=sent.acronym, since=since, now=timezone.now())
    return name_line(new)


def name_line(row: OrganisationName) -> NameLine:
    return NameLine(
        id=row.pk, name=row.name, acronym=row.acronym, valid_from=partial(row.since), valid_until=partial(row.until)
    )


def _since(sent: NewName) -> PartialDate:
    since = moment("since", sent.since)
    if since is None:
        raise Invalid("not_a_date", "since", message=_("Write a year, or a year and month, or the whole date."))
    return since


@router.post(
    "/organisations/{uuid:organisation_id}/confirmations",
    **told(
        prose("Confirm that it is active"),
        prose("Somebody found it at work on that day. Once a day and person."),
        response=ConfirmationLine,
        status=201,
        scopes=WRITE,
        needs_token=True,
    ),
)
def create_confirmation(request: Call, organisation_id: UUID, sent: NewConfirmation) -> ConfirmationLine:
    row = organisation_for(request.actor, organisation_id)
    made = confirm_active(request.actor, row, confirmed_on=sent.confirmed_on, now=timezone.now())
    return ConfirmationLine(id=made.pk, confirmed_on=made.confirmed_on)
