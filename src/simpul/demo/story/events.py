"""What the story's people met for: the village, the forum's months, eight webinars, a training, the flood.

Nothing here is of a real person: names are invented, and nobody left a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from simpul.activities.details import Details
from simpul.activities.kinds import (
    AnswerKind,
    Course,
    EventKind,
    Mode,
    Part,
    PhotoConsent,
    Question,
    Rhythm,
    Visibility,
)
from simpul.activities.models import Event, EventSeries
from simpul.activities.queries.events import sessions_of
from simpul.activities.services.attendance import Heads, count_heads, walk_in
from simpul.activities.services.events import create_event
from simpul.activities.services.hosting import add_coverage
from simpul.activities.services.invitations import invite
from simpul.activities.services.life import hold_event, publish_event
from simpul.activities.services.presence import note_presence
from simpul.activities.services.programme import add_contribution, add_item
from simpul.activities.services.questions import add_question
from simpul.activities.services.registrations import register
from simpul.activities.services.series import add_break, create_series
from simpul.activities.stretches import Stretch
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.organisations import FORUM_MEMBERS, LENTERA_JATI, LOTIM
from simpul.demo.story.people import BOARD
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.territory.queries.areas import area

# Every Thursday but 29 October, when the power was out: eight of nine weeks.
WEBINARS: tuple[tuple[date, str, str], ...] = (
    (date(2026, 9, 17), "Membaca APBDes bersama warga", "Reading a village budget with residents"),
    (date(2026, 9, 24), "Menyambut laporan kekerasan", "Receiving a report of violence"),
    (date(2026, 10, 1), "Hak penyandang disabilitas di musrenbang", "Rights of people with disabilities in planning"),
    (date(2026, 10, 8), "Menangkal kabar bohong di grup desa", "Answering rumours in the village's chat group"),
    (date(2026, 10, 15), "Dari data pengaduan ke rekomendasi", "From complaints to recommendations"),
    (date(2026, 10, 22), "Reaktivasi kartu JKN", "Making an insurance card work again"),
    (date(2026, 11, 5), "Siaga banjir: siapa melakukan apa", "Ready for floods: who does what"),
    (date(2026, 11, 12), "Merawat relawan yang lelah", "Care for tired volunteers"),
)
MEETINGS: tuple[date, ...] = (
    date(2025, 3, 13), date(2025, 4, 17), date(2025, 5, 15), date(2025, 6, 12), date(2025, 7, 10),
    date(2026, 8, 13), date(2026, 9, 10), date(2026, 10, 8), date(2026, 11, 12),
)  # fmt: skip
NAMES: tuple[tuple[str, str, str], ...] = (
    ("Baiq Nurul", "P", "25-39"), ("Lalu Hamdan", "L", "40-59"), ("Ratnawati", "P", "40-59"), ("Junaidi", "L", "25-39"),
    ("Siti Aisyah", "P", "18-24"), ("Made Suardana", "L", "40-59"), ("Hilmiati", "P", "25-39"),
    ("Syamsul", "L", "60+"), ("Dewi Anjani", "P", "25-39"), ("Fathurrahman", "L", "18-24"), ("Yuliana", "P", "40-59"),
    ("Imam Bukhori", "L", "25-39"), ("Nining", "P", "60+"), ("Ketut Artana", "L", "40-59"),
)  # fmt: skip
ASKED = [Question.ORGANISATION, Question.STAKEHOLDER, Question.SEX, Question.AGE_BAND, Question.DISABILITY]
HOUR = timedelta(hours=1)
MINUTES = timedelta(minutes=3)
TRAVEL = ("Sepeda motor", "Mobil bersama", "Angkutan umum")


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event of the story; `hour` is that of Lombok."""

    key: str
    host: str
    kind: str
    title: LocalizedText
    day: date
    hour: int = 9
    lasts: int = 3
    area: str = LOTIM
    venue: str = ""
    mode: str = Mode.PLACE
    visibility: str = Visibility.PUBLIC
    course: str = ""
    sensitive: bool = False


def text(indonesian: str, english: str) -> LocalizedText:
    return LocalizedText(id=indonesian, en=english)


FORMATION = Gathering(
    "pembentukan", "lentera", EventKind.FORMATION,
    text("Pembentukan Kelompok Konstituen Lentera", "Formation of the village group Lentera"), date(2025, 1, 11),
    area=LENTERA_JATI, venue="Balai desa",
)  # fmt: skip
TWO_VILLAGES = Gathering(
    "dua-desa", "lentera", EventKind.GROUP_STRENGTHENING,
    text("Belajar bersama kelompok dari dua desa", "Groups of two villages learn together"), date(2025, 2, 7),
    area=LENTERA_JATI, venue="Balai desa",
)  # fmt: skip
MOBILE = Gathering(
    "layanan-keliling", "lentera", EventKind.MOBILE_SERVICE,
    text("Layanan keliling surat-surat di dua desa", "Mobile service for civil papers in two villages"),
    date(2025, 2, 20), lasts=6, area=LENTERA_JATI, venue="Halaman kantor desa",
)  # fmt: skip
RESTRICTED = Gathering(
    "terbatas", "lentera", EventKind.CASE_CONFERENCE, text("Pertemuan terbatas", "Closed meeting"), date(2025, 5, 20),
    lasts=2, area=LENTERA_JATI, venue="Sekretariat", visibility=Visibility.HOSTS, sensitive=True,
)  # fmt: skip
AUDIENCE = Gathering(
    "audiensi", "forum", EventKind.AUDIENCE,
    text("Audiensi tentang kartu JKN yang nonaktif", "Audience on insurance cards that no longer work"),
    date(2025, 7, 22), venue="Ruang rapat Bappeda",
)  # fmt: skip
TRAINING = Gathering(
    "pelatihan-sekretariat", "network", EventKind.TRAINING,
    text("Pelatihan layanan kesekretariatan jejaring", "Training in secretariat services of networks"),
    date(2026, 3, 12), lasts=7, area="52.71", venue="Aula", course=Course.SECRETARIAT,
)  # fmt: skip
FLOOD = Gathering(
    "banjir", "network", EventKind.COORDINATION, text("Rapat tanggap banjir", "Meeting on the flood response"),
    date(2026, 11, 13), area="52.71", venue="Sekretariat jaringan", mode=Mode.HYBRID,
)  # fmt: skip


def load_village_events() -> None:
    """January to July 2025, by name where somebody agreed to be named, by head where nobody is."""
    heads(held(FORMATION), Heads(17, sex="P"), Heads(13, sex="L"))
    met = held(TWO_VILLAGES, photo_consent=PhotoConsent.ASKED)
    group = organisation("lentera")
    came(met, [Details(name, sex=sex, organisation=group) for name, sex, _division, _leads in BOARD[:16]])
    came(
        met,
        [Details(name, sex=sex, age_band=age, organisation=organisation("aik-bening")) for name, sex, age in NAMES[:8]],
    )
    title = "Kelompok dari dua desa bertemu di Lentera Jati"
    add_coverage(DEMO, met, title=title, published_on=date(2025, 2, 8), now=at(date(2025, 2, 8), 9))
    heads(held(MOBILE), Heads(121, sex="P"), Heads(93, sex="L"))
    heads(held(RESTRICTED), Heads(4, sex="P"), Heads(2, sex="L"))
    visit = held(AUDIENCE)
    came(visit, guests(["forum", "oms-1", "oms-7", "agency", "dinsos", "dprd"]))


def load_forum_events() -> None:
    """The forum's month, five times in 2025 and four in 2026, and the next one, which takes registrations."""
    series = series_of(
        "rapat-forum", "forum", kind=EventKind.LEARNING_FORUM, rhythm=Rhythm.MONTHLY, starts_on=date(2025, 3, 1),
        title=text("Rapat bulanan SIMPUL LOTIM", "Monthly meeting of SIMPUL LOTIM"),
    )  # fmt: skip
    pause = {"valid_from": date(2025, 8, 1), "valid_until": date(2026, 8, 1)}
    add_break(DEMO, series, **pause, reason="Pemetaan ulang anggota", now=at(date(2025, 8, 1), 9))
    keys = [one.key for one in FORUM_MEMBERS]
    for number, day in enumerate(MEETINGS, start=1):
        meeting = held(monthly(number, day), series=series)
        came(meeting, guests(keys[number % 3 :: 2]))
    asked = date(2026, 11, 15)
    coming = planned(
        monthly(len(MEETINGS) + 1, date(2026, 12, 10)), told=at(asked, 8), series=series, capacity=6,
        takes_registrations=True,
    )  # fmt: skip
    travel = add_question(
        DEMO, coming, kind=AnswerKind.ONE, label=text("Naik apa?", "How do you travel?"), choices=TRAVEL,
        id=key_of("event/rapat-forum-10/tanya"), now=at(asked, 9),
    )  # fmt: skip
    invite(DEMO, coming, organisations=[organisation(key) for key in keys[:12]], now=at(asked, 10))
    for number, guest in enumerate(guests(keys[:8], reachable=True)):
        receipt = f"CNTH3333333333{number + 22}"
        said = replace(guest, answers={str(travel.pk): TRAVEL[number % len(TRAVEL)]})
        register(DEMO, coming, receipt=receipt, details=said, now=at(date(2026, 11, 16), 9 + number))


def load_network_events() -> None:
    """The training, eight webinars, the meeting on the flood."""
    trained = held(TRAINING)
    came(trained, guests(["forum", "jaringan-1", "jaringan-4", "jaringan-2"]))
    series = series_of(
        "semidaring", "network", kind=EventKind.WEBINAR, rhythm=Rhythm.WEEKLY, starts_on=date(2026, 9, 14),
        title=text("Semidaring Jaringan NTB", "Webinar of the NTB network"),
    )  # fmt: skip
    sources = [one.key for one in FORUM_MEMBERS]
    for number, (day, indonesian, english) in enumerate(WEBINARS, start=1):
        one = Gathering(
            f"semidaring-{number}", "network", EventKind.WEBINAR, text(indonesian, english), day, hour=13, lasts=2,
            area="52", mode=Mode.ONLINE,
        )  # fmt: skip
        webinar = held(one, series=series, number=number, recording_url="https://contoh.invalid/rekaman")
        for part, position in ((Part.SPEAKER, "Narasumber dari kampus"), (Part.MODERATOR, "Sekretariat jaringan")):
            named = NAMES[(number + (part == Part.MODERATOR)) % len(NAMES)][0]
            add_contribution(DEMO, webinar, part=part, name=named, position=position, is_public=True, now=at(day, 8))
        came_online(webinar, guests(sources[number % 4 :: 3], first=number))
    came(held(FLOOD), guests(["forum", "jaringan-5", "jaringan-2", "jaringan-9", "support"]))


def monthly(number: int, day: date) -> Gathering:
    title = text("kabar dan rencana bersama", "news and plans")
    return Gathering(f"rapat-forum-{number}", "forum", EventKind.LEARNING_FORUM, title, day, venue="Aula Bappeda")


def at(day: date, hour: int) -> datetime:
    """By the clocks of Lombok."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - 8 * HOUR


def series_of(key: str, host: str, *, kind: str, rhythm: str, starts_on: date, title: LocalizedText) -> EventSeries:
    return create_series(
        DEMO, organisation(host), kind=kind, title=title, visibility=Visibility.PUBLIC, rhythm=rhythm,
        starts_on=starts_on, now=at(starts_on, 9), id=key_of(f"series/{key}"),
    )  # fmt: skip


def planned(one: Gathering, *, told: datetime | None = None, **more: object) -> Event:
    """Announced at `told`, or two weeks before."""
    told = told or at(one.day - timedelta(days=14), 9)
    event = create_event(
        DEMO,
        organisation(one.host),
        kind=one.kind,
        title=one.title,
        starts_at=at(one.day, one.hour),
        ends_at=at(one.day, one.hour) + one.lasts * HOUR,
        mode=one.mode,
        visibility=one.visibility,
        area=area(one.area),
        venue=one.venue,
        course=one.course,
        is_sensitive=one.sensitive,
        asks=[] if one.sensitive else ASKED,
        id=key_of(f"event/{one.key}"),
        now=told,
        **more,  # type: ignore[arg-type]
    )
    add_item(DEMO, sessions_of(event)[0], title=text("Pembukaan", "Opening"), minutes=15, now=told)
    return publish_event(DEMO, event, now=told)


def held(one: Gathering, *, told: datetime | None = None, **more: object) -> Event:
    return hold_event(DEMO, planned(one, told=told, **more), now=at(one.day, one.hour + one.lasts))


def came(event: Event, people: Iterable[Details]) -> None:
    session = sessions_of(event)[0]
    for guest in people:
        walk_in(DEMO, session, details=guest, now=event.starts_at)


def came_online(event: Event, people: Sequence[Details]) -> None:
    """As the report of the meeting tells it: joined one after the other, and some left early."""
    for number, guest in enumerate(people):
        began, ended = event.starts_at + number * MINUTES, event.ends_at - (number % 3) * 5 * MINUTES
        key = key_of(f"event/{event.pk}/{number}")
        note_presence(DEMO, event, stretches=[Stretch(began, ended)], details=guest, id=key, now=event.ends_at)


def heads(event: Event, *rows: Heads) -> None:
    count_heads(DEMO, sessions_of(event)[0], rows=rows, now=event.ends_at)


def guests(keys: Sequence[str], *, reachable: bool = False, first: int = 0) -> list[Details]:
    """One of each organisation."""
    found = []
    for number, key in enumerate(keys, start=first):
        name, sex, age = NAMES[number % len(NAMES)]
        home: Organisation = organisation(key)
        email = f"peserta{number}@contoh.invalid" if reachable else ""
        disability = "physical" if key == "oms-7" else "none"
        found.append(Details(name, email=email, sex=sex, age_band=age, disability=disability, organisation=home))
    return found
