"""Learning together: forums that meet, the organisations they engage, and series that are held when they are due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Substr

from simpul.activities.facts.events import held_of_series, turns_told
from simpul.activities.facts.forums import engaged_organisations, forums_at_work
from simpul.activities.regularity import A_DAY
from simpul.activities.rules.events import series_visible_to
from simpul.activities.rules.events import visible_to as events_visible_to
from simpul.kernel.localized import LocalizedText
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import visible_to
from simpul.results.indicators import describing
from simpul.results.indicators.declaration import Indicator, Part, Subject
from simpul.results.questions import Question
from simpul.results.sources import Dimension, Group, Page, QuerySource, Row, Source

MOST_TURNS = 104


def _kinds(codes: Iterable[str]) -> Mapping[str, str]:
    return {code: str(OrganisationKind(code).label) for code in codes}


BY_PROVINCE = Dimension(LocalizedText(id="Provinsi", en="Province"), "province_code", describing.area_names)
BY_KIND = Dimension(LocalizedText(id="Jenis organisasi", en="Kind of organisation"), "kind", _kinds)


def _organisations(rows: QuerySet[Organisation], question: Question, **more: Dimension) -> Source:
    rows = rows.annotate(province_code=Substr("seat_id", 1, 2)).select_related("seat")
    dimensions = {"province": BY_PROVINCE, **more}
    return QuerySource(rows, "pk", describing.organisations, listable=visible_to(question.actor), dimensions=dimensions)


def forums(question: Question) -> Source:
    rows = forums_at_work(
        question.subject_id,
        period=question.window,
        day=question.as_of,
        as_of=question.known_at,
        area_code=question.area_code,
    )
    return _organisations(rows, question)


def engaged(question: Question) -> Source:
    rows = engaged_organisations(
        question.subject_id,
        period=question.window,
        day=question.as_of,
        as_of=question.known_at,
        area_code=question.area_code,
    )
    return _organisations(rows, question, kind=BY_KIND)


F4 = Indicator(
    code="F4",
    version=1,
    subject=Subject.PROGRAMME,
    name=LocalizedText(id="Forum pembelajaran yang bekerja", en="Learning forums at work"),
    definition=LocalizedText(
        id="Forum pembelajaran program yang mengadakan sedikitnya satu pertemuan dalam periode, sendiri atau bersama "
        "yang lain, dan yang anggotanya pada hari itu berasal dari sedikitnya dua jenis pemangku kepentingan.",
        en="Learning forums of the programme that held at least one meeting in the period, alone or with others, and "
        "whose members on the day come from at least two types of stakeholder.",
    ),
    parts=(
        Part(
            "forums",
            LocalizedText(id="Forum pembelajaran", en="Learning forums"),
            forums,
            LocalizedText(id="forum", en="forums"),
        ),
    ),
)
F5 = Indicator(
    code="F5",
    version=1,
    subject=Subject.PROGRAMME,
    name=LocalizedText(id="Organisasi warga yang terlibat", en="Citizens' organisations engaged"),
    definition=LocalizedText(
        id="Organisasi masyarakat sipil yang berbeda, yang pada hari itu menjadi anggota forum pembelajaran program "
        "atau yang orangnya hadir di kegiatan forum itu dalam periode. Masing-masing dihitung sekali, di berapa pun "
        "forum ia ikut.",
        en="Distinct organisations of citizens that on the day are members of the programme's learning forums, or "
        "whose people came to an event of such a forum in the period. Each counts once, however many forums it is in.",
    ),
    parts=(
        Part(
            "engaged",
            LocalizedText(id="Organisasi yang terlibat", en="Organisations engaged"),
            engaged,
            LocalizedText(id="organisasi", en="organisations"),
        ),
    ),
)


def numbered(question: Question) -> Source:
    """Events of its series; one that the reader may not see is not counted."""
    rows = held_of_series(question.subject, period=question.window, as_of=question.known_at)
    if question.area_code:
        rows = rows.filter(area__code__within=question.area_code)
    return QuerySource(rows, "pk", describing.events, listable=events_visible_to(question.actor))


def due(question: Question) -> Source:
    return TurnSource(question, missed_too=True)


def kept(question: Question) -> Source:
    return TurnSource(question, missed_too=False)


@dataclass(frozen=True)
class TurnSource:
    """Weeks, fortnights and months in which a series of the network was due; without `missed_too` those it was held in.

    Each opens as its series: a turn is no record. An area has no turns of its own: narrowed to one there are none.
    """

    question: Question
    missed_too: bool

    @property
    def dimensions(self) -> Mapping[str, Dimension]:
        return {}

    @cached_property
    def _rows(self) -> list[Row]:
        asked = self.question
        if asked.area_code:
            return []
        seen = series_visible_to(asked.actor)
        found = turns_told(asked.subject, period=asked.window, as_of=asked.known_at, seen=seen)
        return [
            Row(series.ref, str(series), f"{turn.start} – {turn.until - A_DAY}")
            for series, turn, held in found
            if held or self.missed_too
        ]

    def count(self) -> int:
        return len(self._rows)

    def groups(self, dimension: str, known: Mapping[str, str] | None = None) -> tuple[Group, ...]:
        """KeyError: it is split by nothing."""
        raise KeyError(dimension)

    def page(self, *, where: tuple[str, str] | None = None, after: UUID | None = None, limit: int = 50) -> Page:
        """All on one page: the last two years of a weekly series at most."""
        return Page(tuple(self._rows[-MOST_TURNS:]), None)


_TURNS = LocalizedText(id="giliran", en="turns")
F18 = Indicator(
    code="F18",
    version=1,
    subject=Subject.NETWORK,
    name=LocalizedText(id="Keteraturan seri kegiatan", en="Regularity of series of events"),
    definition=LocalizedText(
        id="Giliran (minggu, dua minggu, atau bulan) yang seri kegiatan jaringan ini terlaksana, di samping giliran "
        "yang jatuh tempo menurut iramanya; jeda yang diumumkan tidak dihitung. Giliran yang terlaksana dua kali "
        "dihitung sekali dan tidak menutup giliran lain. Di sampingnya: kegiatan yang terlaksana, dengan nomornya.",
        en="Turns (weeks, fortnights or months) in which the network's series of events were held, beside the turns "
        "due by their rhythm; breaks that were announced are left out. A turn held twice counts once and makes up for "
        "no other. Beside them: the events held, with their numbers.",
    ),
    parts=(
        Part("held", LocalizedText(id="Giliran terlaksana", en="Turns held"), kept, _TURNS),
        Part("due", LocalizedText(id="Giliran jatuh tempo", en="Turns due"), due, _TURNS),
        Part(
            "events",
            LocalizedText(id="Kegiatan dalam seri", en="Events of series"),
            numbered,
            LocalizedText(id="kegiatan", en="events"),
        ),
    ),
)
