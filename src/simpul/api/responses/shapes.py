"""What responses look like to programs, and what programs send of them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from pydantic import Field

from simpul.activities.clusters import Cluster, SubCluster
from simpul.activities.models import ActivityStatus, NeedStatus, PartKind, ReportedNeed, Response, ResponseActivity
from simpul.activities.queries.gaps import Answered, NeedState
from simpul.activities.reaching import FIELDS, Reached
from simpul.activities.rules.responses import is_coarse, told_code
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, FirstDayAfter, OrganisationRef, OwnKey, Sent, Words, words

MOST_PEOPLE = 10_000_000


class ReachedPeople(Shape):
    """People an activity reached; each is in one of the first seven."""

    girls: int = Field(0, ge=0, le=MOST_PEOPLE, description=prose("Under 18."))
    boys: int = Field(0, ge=0, le=MOST_PEOPLE, description=prose("Under 18."))
    women: int = Field(0, ge=0, le=MOST_PEOPLE)
    men: int = Field(0, ge=0, le=MOST_PEOPLE)
    older_women: int = Field(0, ge=0, le=MOST_PEOPLE, description=prose("60 and above."))
    older_men: int = Field(0, ge=0, le=MOST_PEOPLE, description=prose("60 and above."))
    untold: int = Field(0, ge=0, le=MOST_PEOPLE, description=prose("Nobody told of what sex and age."))
    with_disability: int | None = Field(
        None, ge=0, le=MOST_PEOPLE, description=prose("Of the same people; null where nobody asked.")
    )

    def reached(self) -> Reached:
        return Reached(**self.model_dump())


class ResponseLine(Shape):
    """A response, with who leads it."""

    id: UUID
    name: str
    network: OrganisationRef
    summary: Words | None
    published: bool
    valid_from: Day | None
    valid_until: FirstDayAfter


class ResponseFull(ResponseLine):
    """With the areas it is for. Its ETag names the version you change."""

    areas: list[AreaRef]


class NewResponse(Sent):
    id: OwnKey = None
    network: UUID
    name: str = Field(max_length=160)
    areas: list[AreaCode] = Field(max_length=100)
    valid_from: Day
    valid_until: FirstDayAfter = None
    summary: Words | None = None


class ResponseChange(Sent):
    """Only the fields that are sent."""

    name: str = Field("", max_length=160)
    areas: list[AreaCode] = Field(default_factory=list, max_length=100)
    valid_from: Day | None = None
    valid_until: FirstDayAfter = None
    summary: Words | None = None


class ActivityPartLine(Shape):
    organisation: OrganisationRef
    kind: PartKind


class ActivityLine(Shape):
    """One line of the 4W as it stands. `version` changes with every correction; `line` stays.

    Of what would put people in danger (`is_guarded`) the public is told the regency and the total.
    """

    line: UUID
    version: UUID
    lead: OrganisationRef
    parts: list[ActivityPartLine]
    funder_words: str
    cluster: Cluster
    sub_cluster: str
    activity: str
    unit: str
    planned: float | None
    done: float | None
    area: AreaRef
    place: str
    starts_on: Day | None
    ends_on: Day | None
    status: ActivityStatus
    as_of: Day
    total: int
    reached: ReachedPeople | None
    note: str
    is_guarded: bool


class ActivityTold(Sent):
    """What an organisation tells of one activity in one place."""

    lead: UUID
    cluster: Cluster
    activity: str = Field(max_length=200)
    area: AreaCode
    status: ActivityStatus
    as_of: Day = Field(description=prose("The day on which the figures were counted."))
    sub_cluster: SubCluster | None = None
    unit: str = Field("", max_length=40)
    planned: float | None = Field(None, ge=0, le=1e11)
    done: float | None = Field(None, ge=0, le=1e11)
    place: str = Field("", max_length=200)
    starts_on: Day | None = None
    ends_on: Day | None = Field(None, description=prose("The last day of the work."))
    reached: ReachedPeople | None = None
    implementers: list[UUID] = Field(default_factory=list, max_length=30)
    partners: list[UUID] = Field(default_factory=list, max_length=30)
    funders: list[UUID] = Field(default_factory=list, max_length=30)
    funder_words: str = Field("", max_length=200)
    note: str = Field("", max_length=500)


class NewActivity(ActivityTold):
    id: OwnKey = None


class ActivityCorrection(ActivityTold):
    """The whole line anew. `seen` is the version you read."""

    id: OwnKey = None
    seen: UUID


class TakenBack(Sent):
    seen: UUID = Field(description=prose("The version you read."))


class NeedLine(Shape):
    """A need as it stands, and whether somebody is on it."""

    line: UUID
    version: UUID
    area: AreaRef
    cluster: Cluster
    sub_cluster: str
    what: str
    quantity: float | None
    unit: str
    people: int | None
    reported_by: OrganisationRef | None
    reporter: str
    reported_on: Day
    status: NeedStatus
    answered: Answered | None = Field(description=prose("Null once it no longer wants anything."))


class NeedTold(Sent):
    area: AreaCode
    cluster: Cluster
    what: str = Field(max_length=200)
    reported_on: Day
    status: NeedStatus = NeedStatus.OPEN
    sub_cluster: SubCluster | None = None
    quantity: float | None = Field(None, ge=0, le=1e11)
    unit: str = Field("", max_length=40)
    people: int | None = Field(None, ge=0, le=MOST_PEOPLE)
    reported_by: UUID | None = Field(None, description=prose("An organisation of the directory, or say `reporter`."))
    reporter: str = Field("", max_length=120, description=prose("An office, never the name of a person."))


class NewNeed(NeedTold):
    id: OwnKey = None


class NeedUpdate(NeedTold):
    id: OwnKey = None
    seen: UUID = Field(description=prose("The version you read."))


def response_line(row: Response) -> ResponseLine:
    return ResponseLine(
        id=row.pk, name=row.name, network=OrganisationRef.of(row.network),
        summary=words(row.summary) if row.summary else None, published=row.published_at is not None,
        valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip


def activity_line(row: ResponseActivity, places: Mapping[str, AreaRef], *, inside: bool) -> ActivityLine:
    coarse = is_coarse(row, inside=inside)
    parts = [
        ActivityPartLine(organisation=OrganisationRef.of(part.organisation), kind=PartKind(part.kind))
        for part in getattr(row, "parts_in_sight", ())
    ]
    plain: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("line", "funder_words", "sub_cluster", "activity", "unit", "starts_on", "ends_on", "as_of")
    }
    return ActivityLine(
        **plain, version=row.pk, lead=OrganisationRef.of(row.lead), parts=parts, cluster=Cluster(row.cluster),
        planned=_plain(row.planned), done=_plain(row.done), area=places[told_code(row, inside=inside)],
        place="" if coarse else row.place, status=ActivityStatus(row.status), total=row.reached.total,
        reached=None if coarse else ReachedPeople(**{name: getattr(row, name) for name in FIELDS}),
        note="" if coarse else row.note, is_guarded=coarse,
    )  # fmt: skip


def need_line(state: NeedState, places: Mapping[str, AreaRef], reporters: Mapping[UUID, OrganisationRef]) -> NeedLine:
    row: ReportedNeed = state.need
    plain: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("line", "sub_cluster", "what", "unit", "people", "reporter", "reported_on")
    }
    wanting = row.status in {NeedStatus.OPEN.value, NeedStatus.PARTLY.value}
    return NeedLine(
        **plain, version=row.pk, area=places[state.code], cluster=Cluster(row.cluster), quantity=_plain(row.quantity),
        reported_by=reporters.get(row.reported_by_id) if row.reported_by_id else None,
        status=NeedStatus(row.status), answered=state.answered if wanting else None,
    )  # fmt: skip


def places_of(codes: Iterable[str], areas: Mapping[str, Any]) -> Mapping[str, AreaRef]:
    return {code: AreaRef(code=code, name=areas[code].title) for code in codes if code in areas}


def _plain(value: object) -> float | None:
    return None if value is None else float(str(value))
