"""What came of an event as its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.kinds import EventKind
from simpul.activities.models import BulkServed, Event, Outcome, Voice
from simpul.activities.queries.events import Contributor
from simpul.activities.queries.results import Results, results_of
from simpul.activities.result_kinds import Group, OutcomeKind, Served
from simpul.kernel.actor import Actor
from simpul.web import formats
from simpul.web.components import Bar, Link, Text


@dataclass(frozen=True, slots=True)
class VoiceRow:
    key: UUID
    group: Text
    words: str
    people: str


@dataclass(frozen=True, slots=True)
class InputRow:
    key: UUID
    by: str
    words: str
    voices: Sequence[VoiceRow]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    key: UUID
    kind: Text
    scheme: Text
    words: str
    who: str
    who_href: str
    due: str


def shown(actor: Actor, event: Event, *, keeps: bool) -> dict[str, Any]:
    found = results_of(actor, event, keeps=keeps)
    return {
        "finding": _finding(found),
        "inputs": [
            InputRow(one.row.pk, told_as(one.by), one.row.words, voice_rows(one.voices)) for one in found.inputs
        ],
        "voices": voice_rows(found.voices),
        "groups": group_bars(found.groups),
        "outcomes": [_outcome(row) for row in found.outcomes],
        "papers": _papers(found.served),
        "villages": _villages(found.served),
        "is_service": event.kind == EventKind.MOBILE_SERVICE,
        "nothing": not found,
        "adding": _adding(event) if keeps and event.held_at and not event.closed_at else [],
    }


def _finding(found: Results) -> str:
    """The most telling of what there is, in a sentence."""
    papers = sum(row.number for row in found.served)
    if papers:
        words = ngettext("%(n)s paper was dealt with", "%(n)s papers were dealt with", papers)
        return words % {"n": formats.number(papers, language=_language())}
    agreed = [row for row in found.outcomes if row.kind != OutcomeKind.OPEN]
    if agreed:
        return ngettext("%(n)s thing was agreed", "%(n)s things were agreed", len(agreed)) % {"n": len(agreed)}
    if found.groups:
        words = ngettext("Voices of %(n)s group were heard", "Voices of %(n)s groups were heard", len(found.groups))
        return words % {"n": len(found.groups)}
    return _("What came of it")


def told_as(by: Contributor) -> str:
    """ "Kepala Bappeda (Bappeda Contoh)": the office where nobody may be named."""
    first = by.name or by.position or str(by.part.label)
    rest = [word for word in (by.position if by.name else "", by.organisation) if word]
    return f"{first} ({', '.join(rest)})" if rest else first


def voice_rows(voices: Iterable[Voice]) -> list[VoiceRow]:
    return [VoiceRow(row.pk, Group(row.group).label, row.words, _people(row.people_told)) for row in voices]


def _people(number: int | None) -> str:
    if number is None:
        return ""
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": formats.number(number, language=_language())}


def group_bars(groups: dict[str, int]) -> list[Bar]:
    """The loudest first."""
    ordered = sorted(groups.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Bar(Group(code).label, n, str(n)) for code, n in ordered]


def _outcome(row: Outcome) -> OutcomeRow:
    who = row.organisation
    return OutcomeRow(
        key=row.pk,
        kind=OutcomeKind(row.kind).label,
        scheme=row.get_scheme_display() if row.scheme else "",
        words=row.words,
        who=who.name if who else "",
        who_href=reverse("organisations:profile", args=[who.pk]) if who else "",
        due=formats.day(row.due_on, language=_language()) if row.due_on else "",
    )


def _papers(rows: Iterable[BulkServed]) -> list[Bar]:
    """By kind, over all villages."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + row.number
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Bar(Served(kind).label, n, formats.number(n, language=_language())) for kind, n in ordered]


def _villages(rows: Iterable[BulkServed]) -> list[Bar]:
    counts: dict[str, int] = {}
    for row in rows:
        title = row.area.title if row.area else _("Village not told")
        counts[title] = counts.get(title, 0) + row.number
    if len(counts) < 2:
        return []
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Bar(title, n, formats.number(n, language=_language())) for title, n in ordered]


def _adding(event: Event) -> list[Link]:
    if event.is_sensitive:
        return []
    pages = [
        (_("What a speaker put forward"), "learning:input-new"),
        (_("A voice from the room"), "learning:voice-new"),
        (_("Something agreed"), "learning:outcome-new"),
    ]
    if event.kind == EventKind.MOBILE_SERVICE:
        pages.insert(0, (_("Papers dealt with"), "learning:served"))
    return [Link(label, reverse(page, args=[event.pk])) for label, page in pages]


def _language() -> str:
    return get_language() or "id"
