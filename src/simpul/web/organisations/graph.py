"""A network of relations, laid out: a column a level, from the widest network to the last member, a line for each tie.

Networks are drawn one by one, other members only where their network is open: who is folded away is counted where they
would stand. Positions are in SVG units, which are CSS pixels.
"""

import textwrap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Membership, Organisation
from simpul.web.components import Text

WIDTH, HEIGHT = 196, 46  # of a box
ACROSS, DOWN = 64, 10  # between boxes
LINE: Final = 24  # letters
LEAVES: Final = 12  # members of an open network that are drawn
BOXES: Final = 160  # beyond, further networks are folded too


@dataclass(frozen=True, slots=True)
class Folded:
    """Members of one network that are not drawn one by one. `open`: it is open, and these are too many."""

    parent: UUID
    networks: int
    others: int
    open: bool


@dataclass(frozen=True, slots=True)
class Box:
    """`lines` are the name in at most two lines, or what is folded away here."""

    organisation: Organisation | None
    folded: Folded | None
    lines: Sequence[str]
    title: Text
    x: int
    y: int
    is_centre: bool = False

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def baselines(self) -> list[tuple[int, str]]:
        first = self.y + HEIGHT // 2 + (5 if len(self.lines) == 1 else -3)
        return [(first + 17 * n, line) for n, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Line:
    """`role` names its style; `sure`: the member itself agreed."""

    path: str
    role: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Graph:
    boxes: Sequence[Box]
    lines: Sequence[Line]
    ties: Sequence[Membership]  # those drawn
    width: int
    height: int
    box_width: int = WIDTH
    box_height: int = HEIGHT

    @property
    def view(self) -> str:
        return f"0 0 {self.width} {self.height}"


Key = UUID | Folded
FoldedWords = Callable[[Folded], str]


def lay_out(
    centre: Organisation, ties: Sequence[Membership], *, opened: Collection[UUID], words: FoldedWords
) -> Graph | None:
    """None where there is no tie. `opened`: networks whose members are drawn besides those of `centre`."""
    if not ties:
        return None
    plan = _Plan(centre, ties, {*opened, centre.pk})
    columns = plan.columns()
    width = max(len(columns) * (WIDTH + ACROSS) - ACROSS, WIDTH)
    tallest = max(map(len, columns))
    height = tallest * (HEIGHT + DOWN) - DOWN
    at: dict[Key, tuple[int, int]] = {}
    for n, column in enumerate(columns):
        top = (height - len(column) * (HEIGHT + DOWN) + DOWN) // 2
        at |= {key: (n * (WIDTH + ACROSS), top + m * (HEIGHT + DOWN)) for m, key in enumerate(column)}
    boxes = [_box(plan, key, x, y, words) for key, (x, y) in at.items()]
    return Graph(boxes, [*_lines(plan, at)], plan.drawn(at), width + 2, height + 2)


class _Plan:
    """Which organisations are drawn, at which level, and which are folded away."""

    def __init__(self, centre: Organisation, ties: Sequence[Membership], opened: set[UUID]) -> None:
        self.centre, self.ties, self.opened = centre, ties, opened
        self.known: dict[UUID, Organisation] = {centre.pk: centre}
        self.members: dict[UUID, list[UUID]] = defaultdict(list)
        self.networks: dict[UUID, list[UUID]] = defaultdict(list)
        for tie in ties:
            self.known.setdefault(tie.member_id, tie.member)
            self.known.setdefault(tie.network_id, tie.network)
            if tie.member_id not in self.members[tie.network_id]:
                self.members[tie.network_id].append(tie.member_id)
                self.networks[tie.member_id].append(tie.network_id)
        self.level: dict[UUID, int] = {centre.pk: 0}
        self.folds: list[Folded] = []
        self._climb()
        self._descend()

    def _climb(self) -> None:
        edge = [self.centre.pk]
        while edge:
            above = [n for pk in edge for n in self.networks[pk] if n not in self.level]
            for pk in above:
                self.level.setdefault(pk, min(self.level[m] for m in self.members[pk] if m in self.level) - 1)
            edge = list(dict.fromkeys(above))

    def _descend(self) -> None:
        """Level by level, so that what is near is drawn before what is far, as long as there is room."""
        edge = [self.centre.pk]
        while edge:
            following: list[UUID] = []
            for pk in edge:
                following += self._unfold(pk)
            edge = following

    def _unfold(self, parent: UUID) -> list[UUID]:
        below = [pk for pk in self.members[parent] if pk not in self.level]
        networks = [pk for pk in below if self.known[pk].kind in NETWORKS]
        others = [pk for pk in below if self.known[pk].kind not in NETWORKS]
        is_open = parent in self.opened
        room = is_open or len(self.level) + len(networks) <= BOXES
        shown = [*(networks if room else []), *(others[:LEAVES] if is_open else [])]
        self.level |= dict.fromkeys(shown, self.level[parent] + 1)
        folded = Folded(
            parent, 0 if room else len(networks), len(others) - (min(LEAVES, len(others)) if is_open else 0), is_open
        )
        if folded.networks or folded.others:
            self.folds.append(folded)
        return [pk for pk in shown if self.known[pk].kind in NETWORKS]

    def columns(self) -> list[list[Key]]:
        """Keys by level, each where the mean of what it hangs on stands, so that few lines cross."""
        levels: dict[int, list[Key]] = defaultdict(list)
        for pk, level in self.level.items():
            levels[level].append(pk)
        for folded in self.folds:
            levels[self.level[folded.parent] + 1].append(folded)
        ordered = [levels[n] for n in sorted(levels)]
        middle = sorted(levels).index(0)
        self._order(ordered[middle:], lambda key: [key.parent] if isinstance(key, Folded) else self.networks[key])
        self._order(ordered[middle::-1], lambda key: [] if isinstance(key, Folded) else self.members[key])
        return ordered

    def _order(self, columns: Sequence[list[Key]], toward: Callable[[Key], Iterable[UUID]]) -> None:
        """From the centre's column outward; what hangs on the same keeps the order of names, the folded at its end."""
        place: dict[Key, float] = {key: float(n) for n, key in enumerate(columns[0])}
        for column in columns[1:]:
            hung = {key: [place[pk] for pk in toward(key) if pk in place] for key in column}
            mean = {key: sum(on) / len(on) if on else len(place) for key, on in hung.items()}
            column.sort(key=lambda key: (mean[key], isinstance(key, Folded), self._name(key)))
            place |= {key: float(n) for n, key in enumerate(column)}

    def _name(self, key: Key) -> str:
        return "" if isinstance(key, Folded) else self.known[key].sort_key

    def drawn(self, at: Collection[Key]) -> list[Membership]:
        return [tie for tie in self.ties if tie.member_id in at and tie.network_id in at]


def _box(plan: _Plan, key: Key, x: int, y: int, words: FoldedWords) -> Box:
    if isinstance(key, Folded):
        text = words(key)
        return Box(None, key, _wrapped(text), text, x + 1, y + 1)
    organisation = plan.known[key]
    return Box(organisation, None, _wrapped(organisation.name), organisation.name, x + 1, y + 1, key == plan.centre.pk)


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, LINE, max_lines=2, placeholder=" …") or [name[:LINE]]


def _lines(plan: _Plan, at: dict[Key, tuple[int, int]]) -> Iterable[Line]:
    """One a pair and role, from the network on the left to the member on the right."""
    for tie in plan.drawn(at):
        yield Line(_curve(at[tie.network_id], at[tie.member_id]), tie.role, tie.is_confirmed)
    for folded in plan.folds:
        yield Line(_curve(at[folded.parent], at[folded]), "folded")


def _curve(network: tuple[int, int], member: tuple[int, int]) -> str:
    """From the right edge of one box to the left edge of the other; where both stand in one column, around its side."""
    (x1, y1), (x2, y2) = network, member
    start, end = (x1 + WIDTH, y1 + HEIGHT // 2), (x2, y2 + HEIGHT // 2)
    if x2 <= x1:
        end = (x2 + WIDTH, end[1])
        out = max(start[0], end[0]) + ACROSS // 2
        return f"M{start[0]} {start[1]}C{out} {start[1]} {out} {end[1]} {end[0]} {end[1]}"
    half = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{half} {start[1]} {half} {end[1]} {end[0]} {end[1]}"
