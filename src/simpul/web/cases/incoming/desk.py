"""Rows of reports against the cases the importer sees: what is there already, what is entered, what is taken back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.cases.channels import Channel
from simpul.cases.imported_notices import LATE
from simpul.cases.kinds import CASE_TYPES
from simpul.cases.likeness import normal_nik, sound_of
from simpul.cases.queries.cases import case_for, cases_for
from simpul.cases.queries.duplicates import known_already
from simpul.cases.queries.imported import Fate, assisted_in, spot_of
from simpul.cases.services.importing import enter_person, enter_report, take_back_case
from simpul.cases.stages import COORDINATE
from simpul.cases.touching import mark_of
from simpul.interop.areas import LEVELS, AreaReader
from simpul.interop.likeness import Likeness, Match
from simpul.interop.models import ImportBatch, ImportRow, Outcome
from simpul.interop.recipes import Choice, Desk, Fault, Incoming, Shown, Values, Written
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, SimpulError
from simpul.kernel.ids import uuid7_from
from simpul.kernel.refs import RecordRef
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from simpul.territory.names import level_of
from simpul.web import formats
from simpul.web.cases.desk.panels import known_of
from simpul.web.cases.incoming.report import Told, birth_year_of, number_of

AREAS: Final = ("province", "regency", "district", "village")
CASE: Final = "cases.case"
_DOUBLES: Final = 3
_IN_HAND: Final = (Outcome.WRITTEN, Outcome.MERGED)


class CaseDesk(Desk):
    """`home`: who keeps the cases. `_fresh`: persons by case that this desk entered and no row says yet."""

    def __init__(self, actor: Actor, batch: ImportBatch, now: datetime) -> None:
        self.actor, self.batch, self.now = actor, batch, now
        self.areas = AreaReader()
        self._fresh: dict[str, set[str]] = defaultdict(set)

    @cached_property
    def home(self) -> Organisation:
        kept_by = self.batch.organisation_id
        found = Organisation.objects.filter(pk=kept_by).first() if kept_by else None
        if found is None:
            raise Denied(COORDINATE)
        return found

    # What is wrong with a row

    def faults(self, values: Values) -> Iterable[Fault]:
        if values.get("consent") is False:
            message = _("The person did not agree to being written down. Nothing of this row is entered.")
            return [Fault("consent", "no_consent", message)]
        try:
            area = self._area(values)
        except Unreadable as error:
            return [*self._fate(values), Fault(_smallest(values), error.code, error.message)]
        found = list(self._fate(values))
        if values.get("received") is not None:
            found += Told(values, area).faults(self.now)
        return found

    def _area(self, values: Values) -> Area:
        """The village. Where its name alone tells of several, the one in the regency of the group."""
        named = [(LEVELS[name], str(values.get(name) or "")) for name in AREAS]
        try:
            area = self.areas.deepest(named)
        except Unreadable as error:
            if error.code != "several_areas" or self.home.seat_id is None:
                raise
            area = self.areas.deepest([(LEVELS["regency"], self.home.seat_id[:5]), *named[2:]])
        if area is None or level_of(area.code) < LEVELS["village"]:
            raise Unreadable("no_village", _("Write the village, by its name or its code."))
        if not self.actor.may_at(COORDINATE, self.home.pk, area.code):
            raise Unreadable("out_of_reach", _("Your role does not cover this village."))
        return area

    def _fate(self, values: Values) -> Iterator[Fault]:
        if not values.get("number"):
            return
        spot = spot_of(self.actor, self.home, values["number"], now=self.now)
        if spot.fate is Fate.ENTERED and not self._persons(f"{CASE}:{spot.key}"):
            yield Fault("", "entered_already", _entered_already())
        elif spot.fate is Fate.ERASED:
            yield Fault("", "erased", _erased())

    # Doubles

    def likeness(self, key: str, values: Values) -> Likeness | None:
        """Compared with the other rows by the same marks as with cases: the NIK, or how the name sounds, the year of
        birth and the village.
        """
        told = Told(values, self._area(values))
        year, sound = birth_year_of(told), sound_of(str(values.get("name") or ""))
        nik = normal_nik(str(values.get("nik") or ""))
        marks = {f"nik:{nik}"} if nik else set()
        if sound and year:
            marks |= {f"{sound}|{one}|{told.area.code}" for one in (year, year + 1)}
        return Likeness(key, (), (), "", frozenset(marks)) if marks else None

    def known(self) -> Iterable[Likeness]:
        return ()

    def twins(self, values: Values) -> Iterable[Match]:
        told = Told(values, self._area(values))
        found = known_already(
            self.actor, self.home, nik=str(values.get("nik") or ""), name=str(values.get("name") or ""),
            birth_year=birth_year_of(told), area_code=told.area.code, now=self.now,
        )  # fmt: skip
        matches = {
            str(one.case.ref): Match(1.0 if one.by_nik else 0.9, str(one.case.ref), "nik" if one.by_nik else "sound")
            for one in reversed(found)
        }
        return sorted(matches.values(), key=lambda match: -match.score)[:_DOUBLES]

    def in_sight(self, keys: Sequence[str]) -> frozenset[str]:
        ids = [RecordRef.parse(key).uuid for key in keys]
        seen = cases_for(self.actor, now=self.now).filter(pk__in=ids).values_list("pk", flat=True)
        return frozenset(f"{CASE}:{pk}" for pk in seen)

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        """Never a name: the row has its own, and the case's is revealed on its page, where that is written down."""
        ids = [RecordRef.parse(ref).uuid for ref in refs if ref]
        cases = list(cases_for(self.actor, now=self.now).select_related("area").filter(pk__in=ids))
        people = assisted_in(self.actor, cases, now=self.now)
        found = {}
        for case in cases:
            texts = {
                "name": _("shown on its page"),
                "age": "; ".join(known_of(one.party) for one in people.get(case.pk, ())),
                "types": "; ".join(str(CASE_TYPES[code]) for one in people.get(case.pk, ()) for code in one.types),
                "village": case.area.name,
                "received": formats.day(case.received_on, language=get_language() or "id"),
                "channel": str(Channel(case.channel).label),
            }
            found[str(case.ref)] = Shown(case.code, reverse("cases:case", args=[case.pk]), texts)
        return found

    def named(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        ids = [RecordRef.parse(ref).uuid for ref in refs if ref]
        cases = cases_for(self.actor, now=self.now).filter(pk__in=ids).order_by("code")
        return {str(case.ref): Shown(case.code, reverse("cases:case", args=[case.pk]), {}) for case in cases}

    def remarks(self) -> Sequence[str]:
        late = ImportRow.objects.filter(batch=self.batch, undo__late=True).count()
        words = ngettext(
            "%(n)s report came in long ago: a deadline of the law had passed already when it was entered. It stands "
            "under Overdue on the desk. You were told once.",
            "%(n)s reports came in long ago: a deadline of the law had passed already when they were entered. They "
            "stand under Overdue on the desk. You were told once, and nobody case by case.",
            late,
        )
        return [words % {"n": late}] if late else []

    # Writing

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        if values.get("consent") is not True:
            raise Conflict("no_consent", message=_("Without a yes to being written down, nothing is entered."))
        try:
            told = Told(values, self._area(values))
        except Unreadable as error:
            raise Conflict(error.code, message=str(error.message)) from error
        number, spot = number_of(values), spot_of(self.actor, self.home, values["number"], now=now)
        ref = f"{CASE}:{spot.key}"
        if spot.fate is Fate.ERASED:
            raise Conflict("erased", message=_erased())
        if spot.fate is Fate.ENTERED:
            ours = self._persons(ref)
            if not ours or number in ours:
                raise Conflict("entered_already", message=_entered_already())
            enter_person(self.actor, case_for(self.actor, spot.key, now=now), told.person(), now=now)
            written = Written(ref, {"person": number}, merged=True)
        else:
            entered = enter_report(self.actor, self.home, told.report(), key=spot.key, now=now)
            written = Written(ref, {"person": number, "late": entered.is_late})
        self._fresh[ref].add(number)
        return written

    def apply_together(self, rows: Sequence[Incoming], *, now: datetime) -> Mapping[UUID, Written | SimpulError]:
        """Each as it stands when all of them are in: that is how it has to be found to be taken back."""
        done = dict(super().apply_together(rows, now=now))
        refs = {became.ref for became in done.values() if isinstance(became, Written)}
        marks = {ref: mark_of(case_for(self.actor, RecordRef.parse(ref).uuid, now=now)) for ref in sorted(refs)}
        for key, became in done.items():
            if isinstance(became, Written):
                undo = {**became.undo, "version": marks[became.ref]}
                done[key] = Written(became.ref, undo, merged=became.merged)
        if any(isinstance(became, Written) and became.undo.get("late") for became in done.values()):
            self._tell(now)
        return done

    def undo(self, written: Written, *, now: datetime) -> None:
        """Whoever was added to a case of this import goes with it."""
        if not written.merged:
            mark = str(written.undo.get("version", ""))
            take_back_case(self.actor, RecordRef.parse(written.ref).uuid, mark=mark, now=now)

    def _persons(self, ref: str) -> set[str]:
        """Who of this case came in with this very import."""
        rows = ImportRow.objects.filter(batch=self.batch, made=ref, outcome__in=_IN_HAND)
        return {str(undo.get("person", "")) for undo in rows.values_list("undo", flat=True)} | self._fresh[ref]

    def _tell(self, now: datetime) -> None:
        """Whoever imports, and once: a hundred alerts are read as none."""
        if self.actor.user_id is None:
            return
        key = uuid7_from(f"late/{self.batch.pk}", self.batch.received_at)
        recipients = [self.actor.user_id]
        send_notice(self.actor, kind=LATE, about=self.batch.ref, recipients=recipients, urgent=True, id=key, now=now)


def _smallest(values: Mapping[str, Any]) -> str:
    return next((name for name in reversed(AREAS) if values.get(name)), "village")


def _entered_already() -> str:
    return _("This report was entered before. It stays as it is; leave the row out.")


def _erased() -> str:
    return _("What was kept of this report was erased, and is not written down again. Open a case anew if asked to.")
