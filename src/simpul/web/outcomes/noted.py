"""Notes taken at a meeting, taken over into its minutes: added to what is written there, never in place of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from simpul.activities.kinds import NoteKind
from simpul.activities.models import Event
from simpul.activities.queries.notes import notes_of
from simpul.activities.services.minutes import MOST_DECISIONS
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.text import squeeze

LONGEST_DECISION: Final = 600  # what is longer, or one too many, goes to what was said


@dataclass(frozen=True, slots=True)
class Noted:
    kind: str
    text: str


def notes_read(actor: Actor, event: Event) -> list[Noted]:
    """For who receives people there; none for others, who may keep the event all the same."""
    try:
        rows = notes_of(actor, event)
    except Denied:
        return []
    return [Noted(row.kind, row.text.open()) for row in rows]


def not_yet(notes: Iterable[Noted], written: Mapping[str, str]) -> list[Noted]:
    """Those whose words stand neither in what was said nor in what was agreed."""
    stands = _plain(f"{written.get('discussion', '')}\n{written.get('decisions', '')}")
    return [note for note in notes if _plain(note.text) not in stands]


def taken_over(notes: Sequence[Noted], written: Mapping[str, str]) -> dict[str, str]:
    """`discussion` and `decisions` as they are typed, with what was missing of the notes below."""
    said = [part for part in [written.get("discussion", "").strip()] if part]
    agreed = [line for line in written.get("decisions", "").splitlines() if line.strip()]
    for note in not_yet(notes, written):
        words = squeeze(" ".join(note.text.split()))
        if note.kind == NoteKind.DECIDED and len(words) <= LONGEST_DECISION and len(agreed) < MOST_DECISIONS:
            agreed.append(words)
        elif note.kind == NoteKind.ASKED:
            said.append(_("Asked: %(words)s") % {"words": note.text.strip()})
        else:
            said.append(note.text.strip())
    return {"discussion": "\n\n".join(said), "decisions": "\n".join(agreed)}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
