"""Places as the components show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.organisations.institutions import Answer, InstitutionKind, Need, Weekday
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import ServicePoint
from simpul.organisations.queries.presence import Here, Presence
from simpul.organisations.queries.profiles import organisations_for
from simpul.organisations.queries.service_points import Found, stale_points
from simpul.territory.models import Area
from simpul.territory.queries import path_of
from simpul.web import formats
from simpul.web.components import Link, Panel, Row, Task, Text, Tone
from simpul.web.desk.due import Due
from simpul.web.http import Request
from simpul.web.territory.maps import AreaMap, Level, map_of

NAMED: Final = 8  # areas named among the gaps before the rest is only counted
_LEVELS: Final[dict[int, Level]] = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}


@dataclass(frozen=True, slots=True)
class Status:
    """Words in a pill: a colour never speaks alone."""

    words: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A line of "who works here"."""

    name: str
    href: str
    kind: Text
    seat: str
    status: Status


@dataclass(frozen=True, slots=True)
class Gaps:
    """The areas below where nobody was found at work for a year: the first few by name, and how many more."""

    named: Sequence[Link]
    more: int
    of: int

    @property
    def count(self) -> int:
        return len(self.named) + self.more

    @classmethod
    def among(cls, areas: Sequence[Area], there: Mapping[str, Presence]) -> "Gaps":
        empty = [a for a in areas if there.get(a.code, Presence()).active == 0]
        return cls([Link(a.title, href_of(a)) for a in empty[:NAMED]], max(len(empty) - NAMED, 0), len(areas))


@dataclass(frozen=True, slots=True)
class PointCard:
    """A service point in a list: what it is, where it counts, how sure we are of it."""

    name: str
    href: str
    kind: Text
    needs: Sequence[Text]
    level: Text
    hotline: str
    freshness: Status


def href_of(area: Area) -> str:
    return reverse("places:area", kwargs={"code": area.code})


def country_map(provinces: Sequence[Area], totals: Mapping[str, int]) -> AreaMap:
    """Organisations by the province of their seat. A province without any says 0: it was counted."""
    values = {a.code: totals.get(a.code, 0) for a in provinces}
    return map_of(
        provinces,
        "provinces",
        caption=_("Registered organisations by province of their seat"),
        level="provinces",
        values=values,
        unit=_("organisations"),
        href=href_of,
    )


def parts_map(here: Area, parts: Sequence[Area], there: Mapping[str, Presence]) -> AreaMap:
    return map_of(
        parts,
        "parts",
        caption=_("Organisations found at work within the last year, in each area of %(area)s") % {"area": here.title},
        level=_LEVELS[here.level + 1],
        values={a.code: there.get(a.code, Presence()).active for a in parts},
        unit=_("organisations"),
        within=here.code,
        href=href_of,
    )


def organisation_rows(rows: Iterable[Here], *, since: date) -> list[OrganisationRow]:
    return [
        OrganisationRow(
            row.organisation.name,
            f"/jejaring/{row.organisation.pk}/",
            OrganisationKind(row.organisation.kind).label,
            row.organisation.seat.title if row.organisation.seat else "",
            standing(row.confirmed_on, since=since),
        )
        for row in rows
    ]


def standing(confirmed_on: date | None, *, since: date) -> Status:
    """Registered is not active."""
    if confirmed_on is None:
        return Status(_("registered, not yet confirmed active"), Tone.IDLE)
    day = formats.short_day(confirmed_on, language=get_language() or "id")
    if confirmed_on < since:
        return Status(_("last found active %(day)s") % {"day": day}, Tone.WARN)
    return Status(_("found active %(day)s") % {"day": day}, Tone.OK)


def point_cards(found: Iterable[Found]) -> list[PointCard]:
    return [
        PointCard(
            f.point.name,
            reverse("places:point", args=[f.point.pk]),
            InstitutionKind(f.point.kind).label,
            [Need(code).label for code in f.point.needs],
            near(f.level),
            f.point.hotline,
            freshness(f),
        )
        for f in found
    ]


def near(level: int) -> Text:
    """How near a service is, by the level of the area it serves."""
    return {
        1: _("serves the whole province"),
        2: _("serves the whole regency or city"),
        3: _("serves this district"),
        4: _("serves this village"),
    }[level]


def freshness(found: Found) -> Status:
    if found.verified_on is None:
        return Status(_("not checked yet"), Tone.IDLE)
    day = formats.short_day(found.verified_on, language=get_language() or "id")
    if found.is_stale:
        return Status(_("last checked %(day)s: call before you go") % {"day": day}, Tone.WARN)
    return Status(_("checked %(day)s") % {"day": day}, Tone.OK)


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A line of the hours: a weekday and its spans in words; "" where it is closed or unknown."""

    name: Text
    spans: str


def point_facts(actor: Actor, found: Found) -> dict[str, object]:
    """What the page of a service point says. Four queries at most."""
    point = found.point
    return {
        "point": point,
        "card": point_cards([found])[0],
        "facts": [row for row in _facts(found) if row.value],
        "where": _where(found, secret=bool(point.address) and not found.address),
        "hours": [OpenDay(words, _spans(point.hours.get(day, []))) for day, words in Weekday.choices],
        "areas": [row.area for row in point.served_areas.select_related("area").order_by("area_id")],
        "keeper": _keeper(actor, point),
    }


def _where(found: Found, *, secret: bool) -> str:
    """The address and the seat. Of a place that stays unknown nothing below its regency."""
    seat = found.point.seat
    if seat is None or secret or not found.point.address_public:
        return found.address or (path_of(seat.code[:5]) if seat else "")
    return ", ".join(part for part in (found.address, path_of(seat.code)) if part)


def _facts(found: Found) -> list[Row]:
    point, language = found.point, get_language() or "id"

    def words(text: LocalizedText | None) -> str:
        return text.to(language) if text else ""

    free = {Answer.YES: _("free of charge"), Answer.NO: _("costs something")}.get(Answer(point.free_of_charge), "")
    access = {Answer.YES: _("accessible"), Answer.NO: _("not accessible")}.get(Answer(point.disability_access), "")
    children = {Answer.YES: _("yes"), Answer.NO: _("no")}.get(Answer(point.accepts_children), "")
    return [
        Row(_("Costs"), " · ".join(part for part in (free, words(point.fee)) if part)),
        Row(_("For people with disabilities"), " · ".join(p for p in (access, words(point.access_note)) if p)),
        Row(_("Receives children"), children),
        Row(_("About the hours"), words(point.hours_note)),
    ]


def _spans(spans: Iterable[Sequence[str]]) -> str:
    return ", ".join("–".join(clock.replace(":", ".") for clock in span) for span in spans)


def _keeper(actor: Actor, point: ServicePoint) -> Link | None:
    """Who answers for the entry, unless they are hidden from this actor."""
    owner = point.owner_organisation
    if owner.in_safety_mode and not organisations_for(actor).filter(pk=owner.pk).exists():
        return None
    return Link(owner.name, f"/jejaring/{owner.pk}/")


def home_panels(request: Request) -> list[Panel]:
    """Services whose entry nobody has checked for half a year, for those who may check them."""
    if not request.actor.may("service_point.verify"):
        return []
    stale = stale_points(request.actor, today=local_date(timezone.now(), Zone.WIB))
    if not stale:
        return []
    tasks = [Task(p.name, _checked(p), Tone.WARN, reverse("places:point-verify", args=[p.pk])) for p in stale]
    text = _("People are sent there. Call, and say that it is still right.")
    return [
        Due(_("Services to check again"), text, tasks, action=_("Check the first one"), href=tasks[0].href).panel(45)
    ]


def _checked(point: ServicePoint) -> str:
    last: date | None = getattr(point, "last", None)
    if last is None:
        return _("never checked")
    return _("checked %(day)s") % {"day": formats.short_day(last, language=get_language() or "id")}
