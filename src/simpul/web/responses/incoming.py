"""The 4W as clusters keep it in Excel: one row an activity, in one response. What we give out comes in again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.activities.models import Response, ResponseActivity
from simpul.activities.queries.responses import line_for, response_for
from simpul.activities.reaching import FIELDS
from simpul.activities.response_drafts import LineDraft, check_follows, check_line
from simpul.activities.rules.responses import LEAD, check_inside, require_lead
from simpul.activities.services.lines import correct_activity, record_activity, withdraw_activity
from simpul.interop.likeness import Likeness, Match
from simpul.interop.models import ImportBatch, ImportRow
from simpul.interop.recipes import Choice, Column, Desk, Fault, Recipe, Shown, Text, Values, Written
from simpul.interop.tables import Book, Line, words_of
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7_from, uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold
from simpul.kernel.time import local_date
from simpul.records.models import known_at
from simpul.web.responses.columns import COLUMNS
from simpul.web.responses.rows import RowReader, draft_of
from simpul.web.responses.tags import column_of, is_tags

_MOST_TWINS: Final = 3


class ActivityRecipe(Recipe):
    key: ClassVar[str] = "responses"
    label: ClassVar[Text] = gettext_lazy("Activities of a response (4W)")
    permission: ClassVar[str] = LEAD
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    titled: ClassVar[str] = "activity"
    unmerged: ClassVar[frozenset[str]] = frozenset(column.name for column in COLUMNS)  # the row wins as a whole
    whys: ClassVar[Mapping[str, Text]] = {"same": gettext_lazy("the same activity of the same organisation, there")}
    merging: ClassVar[Text] = gettext_lazy(
        "Merging brings the line up to date: what your row says replaces what it said, and its earlier version is kept."
    )

    def desk(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> Desk:
        return ActivityDesk(actor, batch, now=now)

    def unfold(self, book: Book) -> Book:
        """A row of HXL tags names the columns once more: it is no activity."""
        return replace(book, sheets=[replace(s, lines=self._named(s.lines)) for s in book.sheets])

    def _named(self, lines: Sequence[Line]) -> list[Line]:
        """Without the tags; a column whose head nobody knows is called by its tag."""
        kept: list[Line] = []
        for line in lines:
            if is_tags(line):
                kept[-1:] = [self._headed(head, line) for head in kept[-1:]]
            else:
                kept.append(line)
        return kept

    def _headed(self, head: Line, tags: Line) -> Line:
        cells = list(head.cells) + [None] * (len(tags.cells) - len(head.cells))
        for place, cell in enumerate(tags.cells):
            meant = self.column(column_of(words_of(cell)))
            if meant and not self.is_known(words_of(cells[place])):
                cells[place] = str(meant.label)
        return replace(head, cells=cells)


class ActivityDesk(Desk):
    """Rows of one response. A line that is named is brought up to date; so is one that says the same activity of the
    same organisation in the same place, if whoever imports agrees. Every other row is a new one.
    """

    def __init__(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> None:
        self.actor, self.batch, self.now = actor, batch, now
        self.rows = RowReader(actor, batch.places.values())
        self.response: Response = response_for(actor, UUID(str(batch.options.get("response", UUID(int=0)))))
        require_lead(actor, self.response)
        self._brought: dict[UUID, UUID] = {}  # line -> the row of this import that brought it up to date

    def faults(self, values: Values) -> Iterable[Fault]:
        found: list[Fault] = []
        before = self._standing(values)
        if before is None and _named_line(values):
            message = _("No such line stands in this response. Empty this cell to enter the row as a new one.")
            return [Fault("line", "unknown_line", message)]
        draft = self.rows.draft(values, before, found)
        if draft is None or found:
            return found
        try:
            check_line(draft, today=local_date(self.now, draft.area.zone))
            check_inside(self.response, draft.area)
            check_follows(draft, before)
        except Invalid as refusal:
            found.append(Fault(_column(refusal.field), refusal.code, str(refusal.message)))
        return found

    def twins(self, values: Values) -> Iterable[Match]:
        """Lines that stand with the same lead, activity and area, where the row names none."""
        if _named_line(values):
            return []
        draft = self.rows.draft(values, None, [])
        if draft is None:
            return []
        same = {"lead": draft.lead, "cluster": draft.cluster, "same_as": fold(draft.activity), "area": draft.area}
        rows = ResponseActivity.objects.filter(known_at(None), response=self.response, **same).order_by("-as_of", "pk")
        near = [row for row in rows if _meets(row.sub_cluster, draft.sub_cluster) and _meets(row.place, draft.place)]
        return [Match(1.0, str(row.ref), "same") for row in near[:_MOST_TWINS]]

    def told(self, values: Values) -> Text:
        before = self._standing(values)
        if before is None:
            return ""
        draft = self.rows.draft(values, before, [])
        if draft is not None and _says_the_same(draft, before):
            return _("The line says this already: nothing changes.")
        return _("The line that is there is brought up to date; what it said before is kept.")

    def likeness(self, key: str, values: Values) -> Likeness | None:
        return None

    def known(self) -> Iterable[Likeness]:
        return ()

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        ids = [RecordRef.parse(ref).uuid for ref in refs if ref]
        rows = ResponseActivity.objects.filter(pk__in=ids).select_related("lead", "area")
        return {str(r.ref): Shown(r.activity, reverse("responses:line", args=[r.line]), _texts(r)) for r in rows}

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        before = self._into(choice) if choice.decision == "merge" else self._standing(values)
        faults: list[Fault] = []
        draft = self.rows.draft(values, before, faults)
        if draft is None or faults:
            raise Conflict(
                "not_understood", message=str(faults[0].message) if faults else _("This row lacks something.")
            )
        key = uuid7_from(f"import/{row_id}", uuid7_instant(row_id))
        if before is None:
            if _named_line(values):
                raise Conflict("taken_back", message=_("The line it belongs to was taken back meanwhile."))
            return Written(str(record_activity(self.actor, self.response, draft, line=key, now=now).ref))
        if before.pk == key:  # applied already
            return Written(str(before.ref), {"before": str(before.corrects_id)}, merged=True)
        self._refuse_twice(before, row_id)
        if _says_the_same(draft, before):
            return Written(str(before.ref), {"same": True}, merged=True)
        row = correct_activity(self.actor, before, draft, next_id=key, now=now)
        self._brought[before.line] = row_id
        return Written(str(row.ref), {"before": str(before.pk)}, merged=True)

    def _refuse_twice(self, before: ResponseActivity, row_id: UUID) -> None:
        """Two rows of one sheet say different things of one line: the second would undo the first unseen."""
        others = ImportRow.objects.filter(batch=self.batch, made=str(before.ref)).exclude(pk=row_id)
        if self._brought.get(before.line, row_id) != row_id or others.exists():
            message = _("Another row of this file is about the same line. Put them together, then import this one.")
            raise Conflict("twice_in_file", message=message)

    def _into(self, choice: Choice) -> ResponseActivity:
        """The version that stands of the line that was chosen. Conflict where it was taken back since."""
        chosen = ResponseActivity.objects.filter(
            pk=RecordRef.parse(choice.into).uuid, response=self.response
        ).first()  # fmt: skip
        found = self._standing({"line": str(chosen.line)}) if chosen else None
        if found is None:
            raise Conflict("taken_back", message=_("The line it belongs to was taken back meanwhile."))
        return found

    def _standing(self, values: Values) -> ResponseActivity | None:
        """The line that the row names, where it is one of this response."""
        named = _named_line(values)
        try:
            found = line_for(self.actor, named) if named else None
        except NotFound:
            return None
        return found if found and found.response_id == self.response.pk else None

    def undo(self, written: Written, *, now: datetime) -> None:
        """What was new is taken back; what was brought up to date says again what it said."""
        row = ResponseActivity.objects.select_related("response__network", "lead").filter(
            pk=RecordRef.parse(written.ref).uuid
        ).first()  # fmt: skip
        if row is None or written.undo.get("same"):
            return
        if ResponseActivity.objects.filter(corrects=row).exists():
            raise Conflict("edited_meanwhile", message=_("The line has been changed since. Correct it by hand."))
        before = written.undo.get("before")
        if not before:
            withdraw_activity(self.actor, row, now=now)
        elif row.superseded_at is None:
            correct_activity(self.actor, row, _as_before(UUID(str(before)), row), now=now)


def _as_before(version_id: UUID, row: ResponseActivity) -> LineDraft:
    """What that version said; of the later day, for nothing is known to be older than it was told."""
    old = ResponseActivity.objects.select_related("lead", "area").get(pk=version_id)
    return replace(draft_of(old), as_of=max(old.as_of, row.as_of))


def _named_line(values: Values) -> UUID | None:
    """None also for what clusters number their rows with: 1, 2, A-17."""
    try:
        return UUID(str(values.get("line") or ""))
    except ValueError:
        return None


def _says_the_same(draft: LineDraft, row: ResponseActivity) -> bool:
    was = draft_of(row)
    parts = [
        {kind: {o.pk for o in held} for kind, held in one.parts().items()} for one in (draft, was)
    ]  # fmt: skip
    return draft.columns() == was.columns() and parts[0] == parts[1]


def _meets(one: str, other: str) -> bool:
    return not one or not other or fold(one) == fold(other)


def _texts(row: ResponseActivity) -> Mapping[str, str]:
    plain = ("activity", "unit", "planned", "done", "place", "starts_on", "ends_on", "as_of", "note", *FIELDS)
    told = {name: _words(getattr(row, name)) for name in plain}
    choices = {"cluster": row.get_cluster_display(), "sub_cluster": row.get_sub_cluster_display()}
    named = {"lead": row.lead.name, "village": row.area.title, "status": row.get_status_display()}
    return {**told, **named, **{name: str(words) for name, words in choices.items()}}


def _words(value: object) -> str:
    """ "90" and not "90.00"."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value in (None, "") else str(value)


def _column(field: str | None) -> str:
    return {"area": "village", None: ""}.get(field, field or "")
