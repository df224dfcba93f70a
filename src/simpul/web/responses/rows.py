"""A row of a 4W sheet as the draft of a line: what the row says and, of a line that is there, what it leaves unsaid."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from simpul.activities.clusters import OPEN_TO, is_guarded
from simpul.activities.models import PartKind, ResponseActivity
from simpul.activities.reaching import CELLS, Reached
from simpul.activities.response_drafts import LineDraft
from simpul.interop import values as reading
from simpul.interop.areas import AreaReader
from simpul.interop.recipes import Fault, Values
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from simpul.territory.names import lineage_of
from simpul.web.imports.recipes.naming import NameReader

AREAS: Final = (("province", 1), ("regency", 2), ("district", 3), ("village", 4))
CODES: Final = ("village_code", "district_code", "regency_code", "province_code", "code")
NEEDED: Final = ("cluster", "activity", "status", "as_of")
_PARTS: Final = (
    ("implementers", PartKind.IMPLEMENTER),
    ("partners", PartKind.PARTNER),
    ("funders", PartKind.FUNDER),
)
_PLAIN: Final = ("planned", "done", "starts_on", "ends_on", "sub_cluster", "unit", "place", "note")
_WORDS: Final = frozenset({"sub_cluster", "unit", "place", "note"})


def draft_of(row: ResponseActivity) -> LineDraft:
    """What a version says."""
    parts = list(row.parts.select_related("organisation"))
    names = ("lead", "cluster", "sub_cluster", "activity", "unit", "planned", "done", "area", "place", "starts_on")
    more = ("ends_on", "status", "as_of", "funder_words", "note")
    said: dict[str, Any] = {name: getattr(row, name) for name in (*names, *more)}
    said |= {name: [p.organisation for p in parts if p.kind == kind] for name, kind in _PARTS}
    return LineDraft(reached=row.reached, **said)


class RowReader:
    """Reads the rows of one sheet. `told`: the names of the columns that the sheet has; what it has no column for stays
    as the line says it.
    """

    def __init__(self, actor: Actor, told: Collection[str]) -> None:
        self.told = frozenset(told)
        self.areas, self.names = AreaReader(), NameReader(actor)

    def draft(self, values: Values, before: ResponseActivity | None, faults: list[Fault]) -> LineDraft | None:
        """None where what a line can't do without is missing; what can't be understood is told in `faults`."""
        lead = self._one("lead", values, faults)
        area = self._area(values, before, faults)
        if lead is None or area is None or any(values.get(name) is None for name in NEEDED):
            return None
        said: dict[str, Any] = {name: values[name] for name in NEEDED}
        said |= {name: values.get(name) or "" if name in _WORDS else values.get(name) for name in _PLAIN}
        said |= self._parts(values, faults)
        made = LineDraft(lead=lead, area=area, reached=self._reached(values, before, faults), **said)
        return self._filled(made, values, before) if before else made

    def _one(self, name: str, values: Values, faults: list[Fault]) -> Organisation | None:
        try:
            return self.names.one(values[name]) if values.get(name) else None
        except Unreadable as error:
            faults.append(Fault(name, error.code, error.message))
            return None

    def _parts(self, values: Values, faults: list[Fault]) -> dict[str, Any]:
        funders, funder_words = self._funders(values)
        return {
            "implementers": self._several("implementers", values, faults),
            "partners": self._several("partners", values, faults),
            "funders": funders,
            "funder_words": funder_words,
        }

    def _several(self, name: str, values: Values, faults: list[Fault]) -> list[Organisation]:
        found = []
        for words in reading.several(values.get(name)):
            try:
                found.append(self.names.one(words))
            except Unreadable as error:
                faults.append(Fault(name, error.code, f"{words}: {error.message}"))
        return found

    def _funders(self, values: Values) -> tuple[list[Organisation], str]:
        """Those of the directory, and the words for everybody else: most who pay have no entry here."""
        found, words = [], [str(values.get("funder_words") or "")]
        for name in reading.several(values.get("funders")):
            try:
                found.append(self.names.one(name))
            except Unreadable:
                words.append(name)
        return found, "; ".join(w for w in words if w)

    def _area(self, values: Values, before: ResponseActivity | None, faults: list[Fault]) -> Area | None:
        """By the smallest code that is told, else by the names together."""
        code = next((str(values[name]) for name in CODES if values.get(name)), "")
        names = [(level, str(values.get(name) or "")) for name, level in AREAS]
        if before and not self.told & {*CODES, *(name for name, _level in AREAS)}:
            return before.area
        try:
            area = self.areas.deepest([(None, code)] if code else names)
        except Unreadable as error:
            faults.append(Fault("code" if code else "village", error.code, error.message))
            return None
        if area is None:
            faults.append(Fault("regency", "needed", _("Say where: a regency or city at least.")))
        elif code and (named := self._named(names)) and named.code not in lineage_of(area.code):
            message = _("The code says %(one)s, the names say %(other)s. Mend the one, or empty the other.")
            faults.append(Fault("village", "disagree", message % {"one": area.title, "other": named.title}))
        return area

    def _named(self, names: Sequence[tuple[int, str]]) -> Area | None:
        """What the names say, where they say one thing: beside a code they need not be understood."""
        try:
            return self.areas.deepest(names)
        except Unreadable:
            return None

    def _reached(self, values: Values, before: ResponseActivity | None, faults: list[Fault]) -> Reached:
        """A total without its split is of people whose sex and age nobody told."""
        told = {cell: values.get(cell) or 0 for cell in CELLS}
        if before and not self.told & set(CELLS):
            told = self._split_before(before, values.get("total"))
        total, split = values.get("total"), sum(told.values())
        if total is not None and total < split:
            message = _("The parts add up to %(n)s, more than the total. Mend the one or the others.") % {"n": split}
            faults.append(Fault("total", "less_than_parts", message))
        elif total is not None:
            told["untold"] += total - split
        return Reached(**told, with_disability=values.get("with_disability"))

    def _split_before(self, before: ResponseActivity, total: int | None) -> dict[str, int]:
        """A sheet without a split keeps the one that is known, while the total has room for it."""
        known = {cell: getattr(before, cell) for cell in CELLS}
        if "total" not in self.told:
            return known
        known["untold"] = 0
        return known if total is not None and sum(known.values()) <= total else dict.fromkeys(CELLS, 0)

    def _filled(self, made: LineDraft, values: Values, before: ResponseActivity) -> LineDraft:
        """With what the sheet has no column for, and with what it could not say: an organisation in safety mode stands
        in no file, and of a guarded line the public is told no place and no split.
        """
        was = draft_of(before)
        kept: dict[str, Any] = {name: getattr(was, name) for name in _PLAIN if name not in self.told}
        for name, _kind in _PARTS:
            stood = getattr(was, name)
            unsaid = stood if name not in self.told else [o for o in stood if o.in_safety_mode]
            kept[name] = [*getattr(made, name), *unsaid]
        if not self.told & {"funders", "funder_words"}:
            kept["funder_words"] = was.funder_words
        if "with_disability" not in self.told:
            kept["reached"] = replace(made.reached, with_disability=was.reached.with_disability)
        if _is_told_coarsely(made, values, before):
            kept |= {"area": was.area, "place": was.place, "note": was.note, "reached": was.reached}
        return replace(made, **kept)


def _is_told_coarsely(made: LineDraft, values: Values, before: ResponseActivity) -> bool:
    """Whether the row is how everybody else is told this guarded line."""
    if not is_guarded(before.sub_cluster) or any(values.get(cell) is not None for cell in CELLS):
        return False
    return made.area.code == before.area_id[:5] and before.area.level > OPEN_TO and (
        made.reached.total == before.reached.total
    )  # fmt: skip
