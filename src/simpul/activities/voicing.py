"""What somebody said, made tidy; and whether what is sent again is what was sent before."""

from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import whole
from simpul.activities.models import Outcome, SpeakerInput, Voice
from simpul.activities.result_kinds import LONGEST, MOST_PEOPLE, Group
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.shapes import one_of, words

Row = TypeVar("Row", SpeakerInput, Voice, Outcome)


def voiced(actor: Actor, group: str, words: str, people: int | None) -> dict[str, object]:
    """What a voice consists of, made tidy."""
    return {
        "group": one_of(Group, blank=False)("group", group),
        "words": worded(words),
        "people": whole(1, MOST_PEOPLE, needed=False)("people", people),
        "entered_by": actor.person_id,
    }


def worded(text: str) -> str:
    said: str = words(LONGEST)("words", text)
    if not said:
        raise Invalid("words_needed", "words", message=_("Write it in a sentence or two."))
    return said


def the_same(there: Row, row: Row) -> Row:
    """What the client sent before under this id. Conflict("id_taken") where it is of something else."""
    parts = [name for name in ("event_id", "contribution_id", "consultation_id") if hasattr(row, name)]
    if all(getattr(there, name) == getattr(row, name) for name in parts):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
