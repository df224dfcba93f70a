"""Published counts at hand: looked up by cell, and added up over periods where every part is published."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from simpul.web.data.charts import NOTHING_TOLD, Told
from simpul.web.data.periods import parts_of


class Cell(Protocol):
    """What `releases` tells of a declared cell: no key and no count where it is blank."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def area(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def age(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def count(self) -> int | None: ...


Key = tuple[str, str, str, str]  # area, type, sex, age; "" is all of them
Lead = Callable[[UUID], str]


@dataclass
class Counts:
    """Declared cells of one cadence. `known` has the blank ones too, so that what was never declared is told apart."""

    cadence: str
    known: dict[Key, dict[str, Told]] = field(default_factory=dict)

    @classmethod
    def of(cls, cadence: str, cells: Iterable[Cell], lead: Lead) -> "Counts":
        """`lead` gives the address of a published cell."""
        counts = cls(cadence)
        for cell in cells:
            told = Told(cell.count, lead(cell.id)) if cell.id else NOTHING_TOLD
            counts.known.setdefault((cell.area, cell.type, cell.sex, cell.age), {})[cell.period] = told
        return counts

    def told(self, period: str, area: str, type: str = "", sex: str = "", age: str = "") -> Told:  # noqa: A002
        """Its published count; of a longer period the sum of its parts, which is blank where one of them is, and has no
        address of its own. Blank for a cell or period there is not.
        """
        by_period = self.known.get((area, type, sex, age), {})
        if not period or period in by_period:
            return by_period.get(period, NOTHING_TOLD)
        parts = [by_period.get(part, NOTHING_TOLD).count for part in _parts(period, self.cadence)]
        counts = [count for count in parts if count is not None]
        return Told(sum(counts)) if parts and len(counts) == len(parts) else NOTHING_TOLD

    def types(self, area: str) -> list[str]:
        """Every type that is declared there, in the order they came; not what came of them."""
        return list(
            dict.fromkeys(type_ for where, type_, _sex, _age in self.known if where == area and ":" not in type_)
        )

    def is_declared(self, period: str, area: str, type: str) -> bool:  # noqa: A002
        """Whether that very period tells of it, if only that it is blank."""
        return period in self.known.get((area, type, "", ""), {})


def _parts(period: str, cadence: str) -> tuple[str, ...]:
    try:
        return parts_of(period, cadence)
    except ValueError:
        return ()
