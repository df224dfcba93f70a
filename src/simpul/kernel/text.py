"""Folding for search: what two spellings of one name have in common."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def squeeze(text: str) -> str:
    """One line: white space trimmed and runs of it single, in Unicode's composed form."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold_words(text: str) -> str:
    """Lower case, no diacritics, punctuation as single spaces: "Désa  Tete-Batu" -> "desa tete batu"."""
    plain = text.casefold()
    if not plain.isascii():  # nearly all names are: four times as fast without
        # Folded again: some letters only turn into ones that have a case when they are decomposed.
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()


def fold(text: str) -> str:
    """As `fold_words` without any space: "Peneda Gandor" and "Penedagandor" are one key."""
    return fold_words(text).replace(" ", "")
