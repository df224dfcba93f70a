"""Reports of KoboToolbox, each to become a case: confidential from the first cell, and of one person alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from simpul.interop.limits import WIDEST
from simpul.interop.models import ImportBatch
from simpul.interop.recipes import Column, Desk, FormWords, Recipe, Text
from simpul.interop.tables import Book
from simpul.kernel.actor import Actor
from simpul.web.cases.incoming.columns import COLUMNS, SEVERAL
from simpul.web.cases.incoming.desk import CaseDesk
from simpul.web.cases.incoming.formwords import words_of_form
from simpul.web.cases.incoming.heads import by_rank, column_of
from simpul.web.cases.incoming.unfolding import is_of_others, unfold

KEY = "cases"


class CaseRecipe(Recipe):
    key: ClassVar[str] = KEY
    label: ClassVar[Text] = _("Reports from KoboCollect")
    permission: ClassVar[str] = "case.coordinate"
    confidential: ClassVar[bool] = True
    private: ClassVar[bool] = True
    titled: ClassVar[str] = "name"
    mergeable: ClassVar[bool] = False
    silent: ClassVar[frozenset[str]] = frozenset({"channel"})
    whys: ClassVar[Mapping[str, Text]] = {
        "nik": _("the same NIK"),
        "sound": _("a name that sounds alike"),
        "mark": _("the same NIK, or a name that sounds alike"),
    }
    unmerged: ClassVar[frozenset[str]] = frozenset(column.name for column in COLUMNS)
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    widest: ClassVar[int] = WIDEST
    knows_forms: ClassVar[bool] = True

    def desk(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> Desk:
        return CaseDesk(actor, batch, now)

    def unfold(self, book: Book) -> Book:
        return unfold(book, self.guess, SEVERAL)

    def words_of_form(self, book: Book) -> FormWords | None:
        return words_of_form(book)

    def name_by_form(self, heads: Sequence[str], asked: Sequence[str]) -> list[str]:
        """By the question; by the name where that tells nothing, unless the question is about somebody else."""
        return by_rank(heads, [self._asked(head, question) for head, question in zip(heads, asked, strict=True)])

    def _asked(self, head: str, question: str) -> str:
        found = self.guess(question) if question else ""
        return found or ("" if not head or is_of_others(question) else self.guess(head))

    def guess(self, header: str) -> str:
        return column_of(header, self._by_name())

    def name_columns(self, heads: Sequence[str]) -> list[str]:
        return by_rank(heads, [self.guess(head) if head else "" for head in heads])
