"""Whom an activity reached: people by sex and age, and how many of them have a disability."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reached:
    """Each person is in one of the seven. `untold`: reached, but nobody said of what sex and age.

    `with_disability` are of the same people, None where nobody told. Children are under 18, older people 60 and above.
    """

    girls: int = 0
    boys: int = 0
    women: int = 0
    men: int = 0
    older_women: int = 0
    older_men: int = 0
    untold: int = 0
    with_disability: int | None = None

    @property
    def total(self) -> int:
        return sum(getattr(self, cell) for cell in CELLS)

    @classmethod
    def of(cls, row: object) -> "Reached":
        return cls(**{cell: getattr(row, cell) for cell in FIELDS})

    def columns(self) -> Mapping[str, int | None]:
        return asdict(self)


CELLS: Final = ("girls", "boys", "women", "men", "older_women", "older_men", "untold")
FIELDS: Final = (*CELLS, "with_disability")
# Code -> the cells it is made of. Each split holds every person once.
BY_SEX: Final[Mapping[str, tuple[str, ...]]] = {
    "female": ("girls", "women", "older_women"),
    "male": ("boys", "men", "older_men"),
    "untold": ("untold",),
}
BY_AGE: Final[Mapping[str, tuple[str, ...]]] = {
    "child": ("girls", "boys"),
    "adult": ("women", "men"),
    "older": ("older_women", "older_men"),
    "untold": ("untold",),
}
