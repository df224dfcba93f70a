"""The plan, meetings, papers, costs and visits of a case, each with what may be said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.cases.help_kinds import DocumentKind, Result, Wellbeing
from simpul.cases.queries.cases import Case
from simpul.cases.queries.file import (
    appointments_of,
    costs_of,
    documents_of,
    needs_of,
    plan_of,
    services_of,
    visits_of,
)
from simpul.cases.service_kinds import ServiceKind
from simpul.kernel.actor import Actor
from simpul.web import formats
from simpul.web.cases.desk.panels import language, zone_of
from simpul.web.components import Text, Tone


@dataclass(frozen=True, slots=True)
class Line:
    """`choices` are the answers still to be given: value and words of a button each."""

    key: UUID
    words: Text
    note: str = ""
    status: Text = ""
    tone: Tone = Tone.INFO
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """`name` is what a pressed button sends the key under."""

    name: str
    title: Text
    lines: list[Line]
    href: str = ""
    add: Text = ""


def noted_in(actor: Actor, case: Case, *, now: datetime) -> list[Part]:
    """What is needed, and what was given: each with what was noted by mistake to be taken back."""
    needs, services = needs_of(actor, case, now=now), services_of(actor, case, now=now)
    return [
        Part("kebutuhan", _("Needs"), _needs(needs), _to("need", case), _("What is needed?")),
        Part("layanan", _("Services"), _services(services), _to("service", case), _("Note a service")),
    ]


def parts_of(actor: Actor, case: Case, *, now: datetime) -> list[Part]:
    def to(name: str) -> str:
        return _to(name, case)

    return [
        Part("rencana", _("Plan"), _plan(plan_of(actor, case, now=now)), to("plan"), _("Add to the plan")),
        Part("janji", _("Appointments"), _meetings(case, appointments_of(actor, case, now=now)), to("appointment"),
             _("An appointment")),
        Part("dokumen", _("Papers"), _papers(documents_of(actor, case, now=now)), to("document"), _("A paper needed")),
        Part("kunjungan", _("Looking in afterwards"), _visits(visits_of(actor, case, now=now))),
        Part("biaya", _("Costs"), _costs(costs_of(actor, case, now=now)), to("cost"), _("What it cost")),
    ]  # fmt: skip


def _to(name: str, case: Case) -> str:
    """The form, while the case is open."""
    return reverse(f"cases:{name}", args=[case.pk]) if case.is_open else ""


def _day(day: date | None) -> str:
    return formats.day(day, language=language()) if day else ""


def _needs(rows: Iterable[Any]) -> list[Line]:
    choices = (("ya", _("It was met")), ("tidak", _("No longer needed")))
    return [
        Line(
            row.pk,
            ServiceKind(row.kind).label,
            _day(row.due_on),
            _("Met") if row.implemented_at else "",
            Tone.OK,
            () if row.implemented_at else choices,
        )
        for row in rows
        if row.dropped_at is None
    ]


def _services(rows: Iterable[Any]) -> list[Line]:
    """What is noted by mistake is taken back: it counts no more, and stays to be seen in the record of acts."""
    return [
        Line(
            row.pk,
            ServiceKind(row.kind).label,
            " · ".join(filter(None, (_day(row.provided_on), row.provider.name if row.provider else ""))),
            Result(row.result).label,
            Tone.OK if row.result == Result.DONE else Tone.WARN,
            (("batal", _("Noted by mistake")),),
        )
        for row in rows
    ]


def _plan(rows: Iterable[Any]) -> list[Line]:
    done, choices = _("Done"), (("ya", _("Done")), ("tidak", _("No longer needed")))
    return [
        Line(
            row.pk,
            row.what.open(),
            " · ".join(filter(None, (row.who.open() if row.who else "", _day(row.due_on)))),
            done if row.done_at else "",
            Tone.OK,
            () if row.done_at else choices,
        )
        for row in rows
    ]


def _meetings(case: Case, rows: Iterable[Any]) -> list[Line]:
    words = {True: _("Came"), False: _("Did not come"), None: ""}
    choices = (("ya", _("Came")), ("tidak", _("Did not come")))
    return [
        Line(
            row.pk,
            formats.moment(row.at, zone_of(case), language=language()),
            " · ".join([*([row.place.open()] if row.place else []), *(row.to_bring.open() if row.to_bring else [])]),
            words[row.kept],
            Tone.OK if row.kept else Tone.WARN,
            choices if row.kept is None else (),
        )
        for row in rows
    ]


def _papers(rows: Iterable[Any]) -> list[Line]:
    return [
        Line(
            row.pk,
            DocumentKind(row.kind).label,
            _day(row.issued_on),
            _("There") if row.had_at else _("Missing"),
            Tone.OK if row.had_at else Tone.WARN,
            (("tidak", _("Missing after all")),) if row.had_at else (("ya", _("It is there")),),
        )
        for row in rows
    ]


def _visits(rows: Iterable[Any]) -> list[Line]:
    choices = tuple((one.value, one.label) for one in Wellbeing)
    return [
        Line(
            row.pk,
            _("After %(month)s months") % {"month": row.month},
            _day(row.visited_on or row.due_on),
            Wellbeing(row.wellbeing).label if row.wellbeing else "",
            Tone.BAD if row.wellbeing == Wellbeing.IN_DANGER else Tone.INFO,
            () if row.wellbeing else choices,
        )
        for row in rows
    ]


def _costs(rows: Iterable[Any]) -> list[Line]:
    return [
        Line(
            row.pk,
            formats.rupiah(row.amount, language=language()),
            f"{row.get_kind_display()} · {row.get_paid_by_display()} · {_day(row.on)}",
        )
        for row in rows
    ]
