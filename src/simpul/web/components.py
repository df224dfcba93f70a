"""What the components take: plain values a view builds and a tag draws. Every one is shown on /gaya."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Text = object  # a string, or a lazily translated one


class Tone(StrEnum):
    """What a colour means, everywhere. A pill adds a shape, so that colour never speaks alone."""

    INFO = "info"  # indigo: neutral, in progress
    OK = "ok"  # leaf: done, confirmed
    WARN = "warn"  # turmeric: needs attention
    BAD = "bad"  # morinda red: overdue, refused, danger
    CONFIDENTIAL = "secret"  # aubergine
    IDLE = "idle"  # outlined: not begun, not known


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    label: Text
    href: str


@dataclass(frozen=True, slots=True)
class Knot:
    """One knot of the thread. `tone` is the dye: terung (confidential work), kunyit (evidence), nila, daun (effect).

    With `href` the knot is a link to its records; with `records` it opens in place.
    """

    label: Text
    value: Text = ""
    note: Text = ""
    href: str = ""
    tone: Literal["nila", "terung", "kunyit", "daun", "mengkudu"] = "nila"
    records: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: `value` of `total` (or of the largest value of the chart), and the words beside it."""

    label: Text
    value: float
    text: Text
    total: float | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure on a card. With `part` and `whole` a bar shows the share; the number itself is written in `value`."""

    value: Text
    label: Text
    note: Text = ""
    href: str = ""
    part: float | None = None
    whole: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary list: the question, the answer, and where to change it."""

    label: Text
    value: Text
    href: str = ""
    change: Text = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a task list. Without `href` it can't be started yet."""

    label: Text
    status: Text
    tone: Tone = Tone.IDLE
    href: str = ""
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A point on a line of things that happened. `when` is written out; `iso` is for machines."""

    when: Text
    title: Text
    note: Text = ""
    iso: str = ""
    state: Literal["", "done", "now"] = ""
    pill: Text = ""
    tone: Tone = Tone.INFO


@dataclass(frozen=True, slots=True)
class Panel:
    """What a context shows on a page that mixes contexts: a template of its own, and what it needs.

    `slot` says where: what waits (first on a signed-in home), what is said in its place where nothing does, the main
    column, the side, or the figures' row.
    """

    template: str
    context: dict[str, object] = field(default_factory=dict)
    slot: Literal["waiting", "idle", "figures", "main", "side", "cast"] = "main"
    order: int = 50
