"""The 4W as clusters keep it in Excel: one row an activity, in one response. What we give out comes in again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.activities.models import PartKind, Response, ResponseActivity
from simpul.activities.queries.responses import line_for, response_for
from simpul.activities.reaching import CELLS, FIELDS, Reached
from simpul.activities.response_drafts import LineDraft, check_line
from simpul.activities.rules.responses import LEAD, check_inside, require_lead
from simpul.activities.services.lines import correct_activity, record_activity, withdraw_activity
from simpul.interop import values
from simpul.interop.areas import AreaReader
from simpul.interop.likeness import Likeness
from simpul.interop.models import ImportBatch
from simpul.interop.recipes import Choice, Column, Desk, Fault, Recipe, Shown, Text, Values, Written
from simpul.interop.tables import Book, Line, words_of
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7_from, uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import local_date
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from simpul.web.imports.recipes.naming import NameReader
from simpul.web.responses.columns import COLUMNS

_AREAS: Final = (("province", 1), ("regency", 2), ("district", 3), ("village", 4))


class ActivityRecipe(Recipe):
    key: ClassVar[str] = "responses"
    label: ClassVar[Text] = gettext_lazy("Activities of a response (4W)")
    permission: ClassVar[str] = LEAD
    columns: ClassVar[tuple[Column, ...]] = COLUMNS

    def desk(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> Desk:
        return ActivityDesk(actor, batch, now=now)

    def unfold(self, book: Book) -> Book:
        """A row of HXL tags names the columns once more: it is no activity."""
        return replace(book, sheets=[replace(s, lines=[ln for ln in s.lines if not _is_tags(ln)]) for s in book.sheets])


def _is_tags(line: Line) -> bool:
    said = [words_of(cell) for cell in line.cells if words_of(cell)]
    return len(said) > 1 and all(words.startswith("#") for words in said)


class ActivityDesk(Desk):
    """Rows of one response. A line that is named is brought up to date; every other row is a new one."""

    def __init__(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.areas, self.names = AreaReader(), NameReader(actor)
        self.response: Response = response_for(actor, UUID(str(batch.options.get("response", UUID(int=0)))))
        require_lead(actor, self.response)

    def faults(self, values: Values) -> Iterable[Fault]:
        found: list[Fault] = []
        draft = self._draft(values, found)
        if draft is None or found:
            return found
        try:
            check_line(draft, today=local_date(self.now, draft.area.zone))
            check_inside(self.response, draft.area)
        except Invalid as refusal:
            found.append(Fault(_column(refusal.field), refusal.code, str(refusal.message)))
        return found

    def _draft(self, values: Values, faults: list[Fault]) -> LineDraft | None:
        """None where what a line can't do without is missing; what can't be understood is told in `faults`."""
        lead = self._one("lead", values, faults)
        area = self._area(values, faults)
        needed = ("cluster", "activity", "status", "as_of")
        if lead is None or area is None or any(values.get(name) is None for name in needed):
            return None
        funders, funder_words = self._funders(values)
        plain: dict[str, Any] = {name: values[name] for name in needed}
        plain |= {name: values.get(name) for name in ("planned", "done", "starts_on", "ends_on")}
        plain |= {name: values.get(name) or "" for name in ("sub_cluster", "unit", "place", "note")}
        return LineDraft(
            lead=lead,
            area=area,
            reached=self._reached(values, faults),
            implementers=self._several("implementers", values, faults),
            partners=self._several("partners", values, faults),
            funders=funders,
            funder_words=funder_words,
            **plain,
        )

    def _one(self, name: str, values: Values, faults: list[Fault]) -> Organisation | None:
        try:
            return self.names.one(values[name]) if values.get(name) else None
        except Unreadable as error:
            faults.append(Fault(name, error.code, error.message))
            return None

    def _several(self, name: str, given: Values, faults: list[Fault]) -> list[Organisation]:
        found = []
        for words in values.several(given.get(name)):
            try:
                found.append(self.names.one(words))
            except Unreadable as error:
                faults.append(Fault(name, error.code, f"{words}: {error.message}"))
        return found

    def _funders(self, given: Values) -> tuple[list[Organisation], str]:
        """Those of the directory, and the words for everybody else: most who pay have no entry here."""
        found, words = [], [str(given.get("funder_words") or "")]
        for name in values.several(given.get("funders")):
            try:
                found.append(self.names.one(name))
            except Unreadable:
                words.append(name)
        return found, "; ".join(w for w in words if w)[:200]

    def _area(self, values: Values, faults: list[Fault]) -> Area | None:
        """By the smallest code that is told, else by the names together."""
        codes = [values.get(n) for n in ("village_code", "district_code", "regency_code", "province_code", "code")]
        code = next((str(c) for c in codes if c), "")
        named = [(None, code)] if code else [(level, str(values.get(name) or "")) for name, level in _AREAS]
        try:
            area = self.areas.deepest(named)
        except Unreadable as error:
            faults.append(Fault("code" if code else "village", error.code, error.message))
            return None
        if area is None:
            faults.append(Fault("regency", "needed", _("Say where: a regency or city at least.")))
        return area

    def _reached(self, values: Values, faults: list[Fault]) -> Reached:
        """A total without its split is of people whose sex and age nobody told."""
        told = {cell: values.get(cell) or 0 for cell in CELLS}
        total, split = values.get("total"), sum(told.values())
        if total is not None and total < split:
            message = _("The parts add up to %(n)s, more than the total. Mend the one or the others.") % {"n": split}
            faults.append(Fault("total", "less_than_parts", message))
        elif total is not None:
            told["untold"] += total - split
        return Reached(**told, with_disability=values.get("with_disability"))

    def likeness(self, key: str, values: Values) -> Likeness | None:
        return None

    def known(self) -> Iterable[Likeness]:
        return ()

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        ids = [RecordRef.parse(ref).uuid for ref in refs if ref]
        rows = ResponseActivity.objects.filter(pk__in=ids).select_related("lead", "area")
        return {str(r.ref): Shown(r.activity, reverse("responses:line", args=[r.line]), _texts(r)) for r in rows}

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        faults: list[Fault] = []
        draft = self._draft(values, faults)
        if draft is None or faults:
            raise Conflict("not_understood", message=faults[0].message if faults else _("This row lacks something."))
        key = uuid7_from(f"import/{row_id}", uuid7_instant(row_id))
        before = self._standing(values)
        if before is None:
            return Written(str(record_activity(self.actor, self.response, draft, line=key, now=now).ref))
        if before.pk == key:  # applied already
            return Written(str(before.ref), {"before": str(before.corrects_id)}, merged=True)
        row = correct_activity(self.actor, before, draft, next_id=key, now=now)
        return Written(str(row.ref), {"before": str(before.pk)}, merged=True)

    def _standing(self, values: Values) -> ResponseActivity | None:
        """The line that the row names, where it is one of this response."""
        try:
            found = line_for(self.actor, UUID(str(values.get("line") or UUID(int=0))))
        except (NotFound, ValueError):
            return None
        return found if found.response_id == self.response.pk else None

    def undo(self, written: Written, *, now: datetime) -> None:
        """What was new is taken back; what was brought up to date says again what it said."""
        row = ResponseActivity.objects.select_related("response__network", "lead").filter(
            pk=RecordRef.parse(written.ref).uuid
        ).first()  # fmt: skip
        if row is None:
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
    parts = list(old.parts.select_related("organisation"))
    held = {kind: [p.organisation for p in parts if p.kind == kind] for kind in PartKind.values}
    plain = ("lead", "cluster", "sub_cluster", "activity", "unit", "planned", "done", "area", "place", "starts_on")
    more = ("ends_on", "status", "funder_words", "note")
    return LineDraft(
        **{name: getattr(old, name) for name in (*plain, *more)},
        as_of=max(old.as_of, row.as_of),
        reached=old.reached,
        implementers=held[PartKind.IMPLEMENTER],
        partners=held[PartKind.PARTNER],
        funders=held[PartKind.FUNDER],
    )


def _texts(row: ResponseActivity) -> Mapping[str, str]:
    plain = {name: str(getattr(row, name) or "") for name in ("activity", "unit", "place", "note", *FIELDS)}
    return {**plain, "lead": row.lead.name, "village": row.area.title, "cluster": str(row.get_cluster_display())}


def _column(field: str | None) -> str:
    return {"area": "village", None: ""}.get(field, field or "")
