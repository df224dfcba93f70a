"""Lists and events as their pages show them: a number and an age; a name only where it was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.cases.help_kinds import DocumentKind, Result
from simpul.cases.queries.tickets import Mark, QueueEntry
from simpul.people.codes import Sex
from simpul.web.cases.desk.panels import masked_nik
from simpul.web.cases.tickets.forms import WAITING
from simpul.web.components import Text, Tone

TONES = {
    "": Tone.IDLE,
    Result.DONE: Tone.OK,
    Result.PARTLY: Tone.WARN,
    Result.REFUSED: Tone.BAD,
    Result.UNDER_WAY: Tone.INFO,
    Result.NOT_DONE: Tone.WARN,
}


@dataclass(frozen=True, slots=True)
class Paper:
    word: Text
    result: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class EntryRow:
    """`name` and `nik` are filled once they were asked for. `note`: what is told of it beside."""

    key: UUID
    number: int
    known: str
    name: str
    nik: str
    papers: list[Paper]
    note: Text


def entry_rows(entries: Iterable[QueueEntry], *, shown: bool) -> list[EntryRow]:
    return [
        EntryRow(
            key=entry.pk,
            number=entry.number,
            known=known_of(entry),
            name=entry.name.open() if shown and entry.name else "",
            nik=masked_nik(entry.nik.open()) if shown and entry.nik else "",
            papers=[
                Paper(
                    DocumentKind(paper.kind).label,
                    Result(paper.result).label if paper.result else WAITING[1],
                    TONES[paper.result],
                )
                for paper in sorted(entry.documents.all(), key=lambda one: one.kind)
            ],
            note=_note(entry),
        )
        for entry in entries
    ]


def _note(entry: QueueEntry) -> Text:
    if entry.restricted_at is not None:
        return _("The use of their data is stopped.")
    return "" if entry.name else _("Name and NIK were deleted.")


def known_of(entry: QueueEntry) -> str:
    words = [_("%(age)s years") % {"age": entry.age_stated}] if entry.age_stated is not None else []
    if entry.sex:
        words.append(str(Sex(entry.sex).label))
    return ", ".join(words) or _("age and sex not known")


def marked(day: date, key: UUID) -> str:
    """Where the next page begins, as it stands in an address."""
    return f"{day.isoformat()}_{key}"


def read_mark(text: str) -> Mark | None:
    """The first page where it is none."""
    day, _between, key = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def opened(entry: QueueEntry) -> dict[str, str]:
    return {"name": entry.name.open() if entry.name else "", "nik": entry.nik.open() if entry.nik else ""}
