"""One thing that waits: the finding in its heading, a few lines of it, one primary button."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.organisations.queries.attention import AtWork, own_at_work
from simpul.people.queries import today
from simpul.web import formats
from simpul.web.components import Panel, Task, Text, Tone
from simpul.web.http import Request
from simpul.web.navigation import built

SHOWN: Final = 5  # lines of a card; the rest is counted


@dataclass(frozen=True, slots=True)
class Due:
    """`href` is where the button leads, or with `post` what it does. Without `href` there is none.

    `rest` is how many more there are than `tasks`; `command` is what the operator types at a terminal.
    """

    title: Text
    text: Text = ""
    tasks: Sequence[Task] = ()
    rest: int = 0
    action: Text = ""
    href: str = ""
    post: bool = False
    command: str = ""

    def panel(self, order: int, slot: Literal["waiting", "main", "side", "idle"] = "waiting") -> Panel:
        """Where it doesn't wait for anybody its button is a quiet one."""
        return Panel("desk/due.html", {"due": self, "quiet": slot != "waiting"}, slot, order)


@dataclass
class Desk:
    """Who sits at it and when. What several cards ask is asked once."""

    request: Request
    now: datetime = field(default_factory=timezone.now)

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @property
    def today(self) -> date:
        return today(self.now)

    @cached_property
    def own(self) -> list[AtWork]:
        """The actor's own organisations."""
        return own_at_work(self.actor)


def way(path: str) -> str:
    """The path where a page answers there, "" where it is not built: no link leads nowhere."""
    return path if built(path) else ""


def number(value: int) -> str:
    return formats.number(value, language=get_language() or "id")


def on_day(day: date) -> str:
    return formats.short_day(day, language=get_language() or "id")


def at_work_task(row: AtWork, *, today: date) -> Task:
    """An organisation as a line: registered is not active."""
    href = way(f"/jejaring/{row.organisation.pk}/")
    if row.confirmed_on is None:
        return Task(row.organisation.name, _("never confirmed"), Tone.WARN, href)
    tone = Tone.WARN if row.is_due(today) else Tone.OK
    return Task(row.organisation.name, _("active %(day)s") % {"day": on_day(row.confirmed_on)}, tone, href)


@dataclass(frozen=True, slots=True)
class AtWorkRow:
    """An organisation to confirm."""

    id: UUID
    name: str
    said: str


def at_work_rows(rows: Sequence[AtWork]) -> list[AtWorkRow]:
    return [AtWorkRow(row.organisation.pk, row.organisation.name, last_said(row)) for row in rows]


def last_said(row: AtWork) -> str:
    if row.confirmed_on is None:
        return _("Nobody has confirmed yet that it is active.")
    return _("Last confirmed active on %(day)s.") % {"day": on_day(row.confirmed_on)}
