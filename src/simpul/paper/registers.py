"""A register on A4, lying: a head that repeats, and a line for each entry."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Register:
    """All words come from outside. `widths` are shares of the width, one for each column."""

    language: str
    title: str
    sender: str
    day: str
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    footer: str


def print_register(register: Register) -> bytes:
    return typeset("register", asdict(register))
