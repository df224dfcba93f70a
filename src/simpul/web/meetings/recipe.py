"""The report of an online meeting, to become the attendance of an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from simpul.activities.rules.events import RECORD
from simpul.interop.models import ImportBatch
from simpul.interop.recipes import Column, Desk, Recipe, Text
from simpul.interop.tables import Book
from simpul.kernel.actor import Actor
from simpul.web.meetings.columns import COLUMNS
from simpul.web.meetings.desk import ReportDesk
from simpul.web.meetings.folding import fold_joins

KEY = "meetings"


class ReportRecipe(Recipe):
    key: ClassVar[str] = KEY
    label: ClassVar[Text] = _("Report of an online meeting")
    permission: ClassVar[str] = RECORD
    confidential: ClassVar[bool] = True
    titled: ClassVar[str] = "name"
    silent: ClassVar[frozenset[str]] = frozenset({"zone", "least"})
    whys: ClassVar[Mapping[str, Text]] = {
        "mark": _("the same address, under another name"),
        "name": _("a name that is nearly the same"),
    }
    unmerged: ClassVar[frozenset[str]] = frozenset(column.name for column in COLUMNS)
    columns: ClassVar[tuple[Column, ...]] = COLUMNS

    def desk(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> Desk:
        return ReportDesk(actor, batch, now=now)

    def unfold(self, book: Book) -> Book:
        return fold_joins(book, self.is_known, self.name_columns)
