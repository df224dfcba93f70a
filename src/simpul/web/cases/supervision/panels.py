"""Bands in words: a number that could point at somebody is never written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.cases.complaint_kinds import Face
from simpul.cases.queries.supervision import AGES, CROWD, Answering, Band, Faces, Workload
from simpul.cases.stages import Stage
from simpul.web import formats
from simpul.web.components import Bar, Row, Stat


def in_words(band: Band) -> str:
    if band.least < CROWD:
        return _("fewer than %(crowd)s") % {"crowd": CROWD}
    return f"{band.least}–{band.most}"


def stats_of(found: Workload, complaints: str) -> list[Stat]:
    return [
        Stat(in_words(found.open), _("open")),
        Stat(in_words(found.overdue), _("with something overdue")),
        Stat(in_words(found.unassigned), _("without a companion")),
        Stat(in_words(found.closures), _("wait for somebody to agree to the end")),
        Stat(in_words(found.reopened), _("opened again"), _("in ninety days")),
        Stat(in_words(found.complaints), _("complaints about the group"), _("not decided yet"), complaints),
    ]


def companions_of(found: Workload) -> list[Row]:
    return [Row(name, in_words(number)) for name, number in found.by_companion]


@dataclass(frozen=True, slots=True)
class AgeRow:
    stage: str
    cells: list[tuple[str, str]]


def age_heads() -> list[str]:
    upto = [_("up to %(days)s days") % {"days": days} for days in AGES]
    return [*upto, _("longer")]


def ages_of(found: Workload) -> list[AgeRow]:
    """In the order of a case's life."""
    heads = age_heads()
    known: Mapping[str, list[Band]] = found.ages
    return [
        AgeRow(str(stage.label), list(zip(heads, map(in_words, known[stage.value]), strict=True)))
        for stage in Stage
        if stage.value in known
    ]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    office: str
    sent: str
    unanswered: str
    days: str


def office_rows(found: list[Answering]) -> list[OfficeRow]:
    return [OfficeRow(row.office, in_words(row.sent), in_words(row.unanswered), _days(row.days)) for row in found]


def _days(days: int | None) -> str:
    """In whole days: a tenth of one would tell a single answer."""
    if days is None:
        return _("too few to tell")
    if days == 0:
        return _("on the same day")
    text = ngettext("%(days)s day", "%(days)s days", days)
    return text % {"days": formats.number(days, language=get_language() or "id")}


def face_bars(found: Faces) -> list[Bar]:
    shares = found.shares or {}
    percent = {face: formats.number(share, language=get_language() or "id") for face, share in shares.items()}
    return [Bar(Face(face).label, share, f"{percent[face]} %", total=100) for face, share in shares.items()]
