"""A text as its writers write it: paragraphs, headings that begin with #, points that begin with a dash. Nothing else,
and nothing of it is markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WORDS_A_MINUTE = 180


@dataclass(frozen=True, slots=True)
class Block:
    """`level` is that of a heading, 0 for none; `points` are filled for a list."""

    words: str = ""
    level: int = 0
    points: Sequence[str] = ()


def blocks_of(text: str) -> list[Block]:
    found: list[Block] = []
    for part in text.split("\n\n"):
        found += _blocks([line.strip() for line in part.split("\n") if line.strip()])
    return found


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """One paragraph of the source: it may hold a heading, and points after it."""
    words: list[str] = []
    points: list[str] = []
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        if 0 < marks <= 3 and line[marks:].startswith(" "):
            yield from _ended(words, points)
            words, points = [], []
            yield Block(line[marks:].strip(), level=min(marks + 1, 4))
        elif line.startswith(("- ", "• ")):
            if words:
                yield Block(" ".join(words))
                words = []
            points.append(line[2:].strip())
        elif points:
            points[-1] = f"{points[-1]} {line}"
        else:
            words.append(line)
    yield from _ended(words, points)


def _ended(words: Sequence[str], points: Sequence[str]) -> Iterator[Block]:
    if words:
        yield Block(" ".join(words))
    if points:
        yield Block(points=tuple(points))


def minutes_to_read(text: str) -> int:
    """At least one."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))
