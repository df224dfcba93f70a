"""Finding public records by words."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db import connection

from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold, fold_words
from simpul.records.folded import LAST
from simpul.search.fulltext import ranked
from simpul.search.models import KEY_LENGTH, Entry
from simpul.search.snippets import Piece, excerpt, highlight

PAGE: Final = 20
MOST: Final = 1_000  # looked at; whoever finds more than that writes another word
LONGEST, WORDS = 100, 8


@dataclass(frozen=True, slots=True)
class Hit:
    """`title` and `excerpt` in pieces, those that answer the words marked."""

    ref: RecordRef
    section: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page, best first. `sections` (name -> how many) is empty where there were too many to count."""

    hits: tuple[Hit, ...]
    total: int
    more_than_total: bool
    sections: dict[str, int]
    page: int
    has_next: bool


NOTHING: Final = Found((), 0, False, {}, 1, False)


def find(text: str, *, section: str = "", page: int = 1, limit: int = PAGE) -> Found:
    """Public records that hold every word, each as a beginning; spaces, case and accents make no difference.

    At most three queries. A page that isn't there is empty.
    """
    words = list(dict.fromkeys(fold_words(text[:LONGEST]).split()))[:WORDS]
    if not words:
        return NOTHING
    key = fold(text[:LONGEST])[:KEY_LENGTH]
    keys = ranked(connection, words, key, key + LAST, section=section, most=MOST)
    capped = len(keys) >= MOST
    shown = keys[:MOST][(page - 1) * limit : page * limit]
    rows = Entry.objects.in_bulk(shown)
    return Found(
        hits=tuple(_hit(rows[k], words) for k in shown if k in rows),
        total=min(len(keys), MOST),
        more_than_total=capped,
        sections={} if capped or section else _sections(keys),
        page=page,
        has_next=page * limit < min(len(keys), MOST),
    )


def _sections(keys: list[int]) -> dict[str, int]:
    found = Counter(Entry.objects.filter(pk__in=keys).values_list("section", flat=True)) if keys else Counter[str]()
    return dict(found.most_common())


def _hit(row: Entry, words: list[str]) -> Hit:
    return Hit(RecordRef(row.kind, row.uuid), row.section, highlight(row.title, words), excerpt(row.body, words))
