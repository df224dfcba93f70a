"""Rows of facts in words: the same wording wherever a figure opens into them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import get_language

from simpul.activities.models import Contribution, Coverage, Event, Outcome, Voice
from simpul.activities.result_kinds import Group, Scheme
from simpul.kernel.localized import LocalizedText
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Period
from simpul.organisations.models import (
    Membership,
    Organisation,
    OrganisationName,
    ProfileItem,
    ProgrammeArea,
    WorkingArea,
)
from simpul.organisations.sectors import Sector
from simpul.releases.kinds import age_label, sex_label, type_label
from simpul.results.sources import Row
from simpul.territory.queries.areas import areas_by_code, paths_of

Codes = Iterable[str]


def years(period: Period) -> str:
    """ "2008-2015", "2015-": days are on the record itself."""
    start = str(period.start.year) if period.start else ""
    until = str(period.until.year) if period.until else ""
    return f"{start}-{until}" if start or until else ""


def coverages(rows: Sequence[ProgrammeArea]) -> Sequence[Row]:
    paths = paths_of(row.area for row in rows)
    return [Row(row.programme.ref, paths[row.area_id], years(row.period)) for row in rows]


def organisations(rows: Sequence[Organisation]) -> Sequence[Row]:
    paths = paths_of({row.seat_id: row.seat for row in rows if row.seat}.values())
    return [Row(row.ref, row.name, paths.get(row.seat_id or "", "")) for row in rows]


def memberships(rows: Sequence[Membership]) -> Sequence[Row]:
    return [Row(row.member.ref, row.member.name, years(row.period)) for row in rows]


def names(rows: Sequence[OrganisationName]) -> Sequence[Row]:
    return [Row(row.organisation.ref, row.name, years(row.period)) for row in rows]


def working_areas(rows: Sequence[WorkingArea]) -> Sequence[Row]:
    paths = paths_of(row.area for row in rows)
    return [Row(row.organisation.ref, paths[row.area_id], years(row.period)) for row in rows]


def entries(rows: Sequence[ProfileItem]) -> Sequence[Row]:
    labels = dict(Sector.choices)
    return [Row(row.organisation.ref, str(labels.get(row.code, row.code) if row.code else row.text)) for row in rows]


def published(rows: Sequence[Any]) -> Sequence[Row]:
    """ "1.284: Kekerasan, Perempuan" and "Provinsi NTB · 2025-03"."""
    places = area_names({row.area for row in rows if row.area})
    found = []
    for row in rows:
        about = [
            type_label(row.type),
            *([sex_label(row.sex)] if row.sex else []),
            *([age_label(row.age)] if row.age else []),
        ]
        title = f"{row.count}: {', '.join(map(str, about))}"
        found.append(
            Row(
                RecordRef("releases.publishedcell", row.pk),
                title,
                f"{places.get(row.area, 'Indonesia')} · {row.period}",
            )
        )
    return found


def events(rows: Sequence[Event]) -> Sequence[Row]:
    """ "3. Membaca APBDes" and its day."""
    return [
        Row(row.ref, f"{row.number}. {row.title}" if row.number else str(row.title), str(row.starts_on)) for row in rows
    ]


def in_words(text: LocalizedText | None) -> str:
    return text.to(get_language() or "id") if text else ""


_PEOPLE: Final = LocalizedText(id="orang", en="people")
_SPEAKER: Final = LocalizedText(id="Narasumber", en="Speaker")
_EVENT: Final = LocalizedText(id="acara", en="event of")
_OUT: Final = LocalizedText(id="terbit", en="published")


def events_with_people(rows: Sequence[Any]) -> Sequence[Row]:
    """Each with `people`."""
    people = in_words(_PEOPLE)
    return [Row(row.ref, in_words(row.title), f"{row.starts_on.isoformat()} · {row.people} {people}") for row in rows]


def speakers(rows: Sequence[Contribution]) -> Sequence[Row]:
    """By their office; a name only where its bearer agreed to it. They open into their event."""
    return [
        Row(
            row.event.ref,
            (row.name.open() if row.is_public else "") or row.position or in_words(_SPEAKER),
            f"{row.event.starts_on.isoformat()} · {in_words(row.event.title)}",
        )
        for row in rows
    ]


def voices(rows: Sequence[Voice]) -> Sequence[Row]:
    return [Row(row.event.ref, row.words, str(Group(row.group).label)) for row in rows if row.event]


def outcomes(rows: Sequence[Outcome]) -> Sequence[Row]:
    return [Row(row.event.ref, row.words, f"{Scheme(row.scheme).label} · {in_words(row.event.title)}") for row in rows]


def coverage(rows: Sequence[Coverage]) -> Sequence[Row]:
    held, out = in_words(_EVENT), in_words(_OUT)
    return [
        Row(
            row.event.ref,
            row.title,
            f"{held} {row.event.starts_on.isoformat()} · {out} {row.published_on.isoformat()}",
        )
        for row in rows
    ]


def area_names(codes: Codes) -> Mapping[str, str]:
    """Area codes -> titles; a code nobody knows stays a code."""
    known = areas_by_code(codes)
    return {code: known[code].title if code in known else code for code in codes}


def network_names(ids: Codes) -> Mapping[str, str]:
    return {str(pk): name for pk, name in Organisation.objects.filter(pk__in=list(ids)).values_list("pk", "name")}
