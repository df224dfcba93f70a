"""The part of a text that answers a search, with the answering words marked."""

import re
from dataclasses import dataclass
from typing import Final

from simpul.kernel.text import fold, squeeze

LENGTH: Final = 180
BEFORE: Final = 60
SHORT: Final = 60  # a label, not a sentence
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `answers` where it is a word that was asked for."""

    text: str
    answers: bool = False


def highlight(text: str, words: list[str]) -> tuple[Piece, ...]:
    """The whole text in pieces; `words` are folded, and each answers for every word that begins so."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in _answers(text, words):
        if start > end:
            pieces.append(Piece(text[end:start]))
        pieces.append(Piece(text[start:stop], answers=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def excerpt(text: str, words: list[str]) -> tuple[Piece, ...]:
    """Of a text in lines: the first line that answers, else the first; short lines all together."""
    lines = [line for line in map(squeeze, text.splitlines()) if line]
    chosen = next((line for line in lines if _answers(line, words)), lines[0] if lines else "")
    if len(chosen) <= SHORT:
        chosen = " · ".join(line for line in lines if len(line) <= SHORT)
    return snippet(chosen, words)


def snippet(text: str, words: list[str], length: int = LENGTH) -> tuple[Piece, ...]:
    """About `length` characters around the first word that answers, else from the beginning; cut between words."""
    line = squeeze(text)
    if len(line) <= length:
        return highlight(line, words)
    first = next(iter(_answers(line, words)), (0, 0))[0]
    start = line.rfind(" ", 0, max(first - BEFORE, 0)) + 1 if first > BEFORE else 0
    stop = start + length
    stop = line.rfind(" ", start + 1, stop) if stop < len(line) else len(line)
    stop = stop if stop > start else start + length
    cut = line[start:stop]
    return highlight(("… " if start else "") + cut + (" …" if stop < len(line) else ""), words)


def _answers(text: str, words: list[str]) -> list[tuple[int, int]]:
    found = ((m.span(), fold(m.group())) for m in _WORD.finditer(text))
    return [span for span, folded in found if any(_answer(folded, word) for word in words)]


def _answer(folded: str, word: str) -> bool:
    return folded.startswith(word) if len(word) > 1 else folded == word
