"""Words of a file that stand for codes: what Simpul understands by itself, and what somebody taught it once."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.interop import values
from simpul.interop.tables import Cell
from simpul.interop.values import Unreadable
from simpul.kernel.text import fold
from simpul.vault.blind import keyed_digests

UNKNOWN: Final = "unknown_choice"
_BETWEEN: Final = re.compile(r"\s*[,;/\n•|]\s*")
Options = Sequence[tuple[str, str | Promise]]
Taught = Mapping[str, str]  # digest of a word -> its code, "" where it says nothing
NOTHING: Final[Taught] = {}


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a cell is read that holds one code of a list, or `several`.

    `options` are codes with their words, `offered` the same as they are chosen from; `spoken` is what people write
    instead, folded -> code, "" where it says nothing. A word nobody understands makes the cell unreadable, until it is
    taught.
    """

    column: str
    options: Callable[[], Options]
    spoken: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    offered: Callable[[], Options] | None = None

    def choices(self) -> Options:
        return (self.offered or self.options)()

    def __call__(self, cell: Cell) -> str | list[str] | None:
        return self.read(cell, NOTHING)

    def read(self, cell: Cell, taught: Taught) -> str | list[str] | None:
        found = [self.code_of(word, taught) for word in self.words(cell, taught)]
        if None in found:
            raise Unreadable(UNKNOWN, _("Simpul doesn't know this word. Say once what it means, for all rows."))
        codes = list(dict.fromkeys(code for code in found if code))
        if self.several:
            return codes or None
        if len(codes) > 1:
            raise Unreadable("several", _("One answer is needed here, and there are several."))
        return codes[0] if codes else None

    def strange(self, cell: Cell, taught: Taught) -> Iterator[str]:
        """The words that nobody understands."""
        yield from (word for word in self.words(cell, taught) if self.code_of(word, taught) is None)

    def words(self, cell: Cell, taught: Taught) -> list[str]:
        """What stands in a cell, word by word. A name of a form has no spaces, a label has: "fisik psikis" are two,
        "Kekerasan fisik" is one.
        """
        said = values.text(cell)
        if said is None:
            return []
        if self.code_of(said, taught) is not None:
            return [said]
        parts = [part for part in _BETWEEN.split(str(cell).strip()) if part]
        if self.several and len(parts) == 1:
            parts = self._spaced(said, taught)
        return parts if self.several else [said]

    def _spaced(self, said: str, taught: Taught) -> list[str]:
        parts = said.split()
        coded = all(part.isdigit() for part in parts) or any("_" in part for part in parts)
        return parts if coded or any(self.code_of(part, taught) is not None for part in parts) else [said]

    def code_of(self, word: str, taught: Taught) -> str | None:
        """None for a word that nobody understands."""
        key = fold(word)
        known = _known(self.options, get_language() or "")
        if key in known or key in self.spoken:
            return known.get(key, self.spoken.get(key))
        return taught.get(word_digest(self.column, word)) if taught else None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one file are read: words that were taught, by column, and what holds where a row is silent."""

    taught: Mapping[str, Taught] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)


AS_IT_STANDS: Final = Reading()


@lru_cache(maxsize=100)
def _known(options: Callable[[], Options], _language: str) -> Mapping[str, str]:
    """Codes and words, folded -> code: words follow the reader's language."""
    rows = options()
    return {fold(str(label)): code for code, label in rows} | {fold(code): code for code, _label in rows}


def word_digest(column: str, word: str) -> str:
    """What is kept of a word: where names stand in a column of codes, no name is kept."""
    return keyed_digests("interop.word", f"{column}/{fold(word)}")[0][:32]
