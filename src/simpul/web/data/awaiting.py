"""What is still being brought in beside what the page shows: whoever brings it in tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Progress = Callable[[], tuple[int, int]]  # months published, of those to come
_told: Final[list[Progress]] = []


@dataclass(frozen=True, slots=True)
class Awaited:
    done: int
    total: int


def tell(progress: Progress) -> None:
    """Once, while the platform starts."""
    _told.append(progress)


def awaited() -> Awaited | None:
    """None where all is there."""
    for progress in _told:
        done, total = progress()
        if done < total:
            return Awaited(done, total)
    return None
