"""A training that is still to come: seats kept for two village groups, letters to who is asked by name."""

from dataclasses import replace
from datetime import date
from typing import Final

from simpul.activities.details import Details
from simpul.activities.kinds import AnswerKind, EventKind, Mode, Visibility
from simpul.activities.services.events import create_event
from simpul.activities.services.invitations import invite
from simpul.activities.services.letters import decline_letter, invite_person
from simpul.activities.services.life import publish_event
from simpul.activities.services.programme import add_session
from simpul.activities.services.questions import add_question
from simpul.activities.services.registrations import register
from simpul.activities.services.seats import reserve_seats
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.events import ASKED as QUESTIONS
from simpul.demo.story.events import at, guests, text
from simpul.demo.story.organisations import LOTIM
from simpul.territory.queries.areas import area

TOLD, ASKED, ANSWERED = at(date(2026, 11, 16), 9), at(date(2026, 11, 17), 9), at(date(2026, 11, 18), 10)
DAYS: Final = (
    (date(2027, 1, 21), text("Mendengar dan mencatat", "Listening and recording")),
    (date(2027, 1, 22), text("Merujuk dan menindaklanjuti", "Referring and following up")),
)
KEPT: Final = (("lentera", 4), ("aik-bening", 3))
BEFORE: Final = ("Belum pernah", "Sekali", "Lebih dari sekali")
# Who they are, and whether they answered: a seat, no, or nothing yet.
LETTERS: Final = (
    ("Sri Wahyuni (contoh)", "Psikolog klinis, RSUD", "0800-000-2201", "comes"),
    ("Lalu Hamdan (contoh)", "Kepala Unit PPA Polres", "0800-000-2202", "declines"),
    ("Ratnawati (contoh)", "Hakim, Pengadilan Agama", "0800-000-2203", ""),
)


def load_coming() -> None:
    """Announced two months ahead; a third of the seats are taken."""
    event = create_event(
        DEMO, organisation("forum"), kind=EventKind.TRAINING, starts_at=at(DAYS[0][0], 9), ends_at=at(DAYS[-1][0], 16),
        title=text("Pelatihan mencatat dan merujuk kasus", "Training in recording and referring cases"),
        mode=Mode.PLACE, visibility=Visibility.PUBLIC, area=area(LOTIM), venue="Aula Bappeda", asks=QUESTIONS,
        capacity=20, takes_registrations=True, id=key_of("event/pelatihan-kasus"), now=TOLD,
    )  # fmt: skip
    for day, title in DAYS:
        add_session(
            DEMO, event, starts_at=at(day, 9), ends_at=at(day, 16), title=title, id=key_of(f"session/kasus-{day.day}"),
            now=TOLD,
        )  # fmt: skip
    before = add_question(
        DEMO, event, kind=AnswerKind.ONE, choices=BEFORE, id=key_of("event/pelatihan-kasus/tanya"), now=TOLD,
        label=text("Pernah ikut pelatihan seperti ini?", "Were you at such a training before?"),
    )  # fmt: skip
    event = publish_event(DEMO, event, now=TOLD)
    for key, seats in KEPT:
        reserve_seats(
            DEMO, event, organisation=organisation(key), seats=seats, until=at(date(2027, 1, 7), 17), now=TOLD
        )
    invite(DEMO, event, organisations=[organisation(key) for key in ("uptd", "dp3akb", "oms-2", "oms-4")], now=ASKED)
    people = [
        replace(guest, answers={str(before.pk): BEFORE[number % len(BEFORE)]})
        for number, guest in enumerate(guests(("oms-2", "oms-4", "dinsos"), reachable=True))
    ]
    for number, said in enumerate(people):
        register(DEMO, event, receipt=f"CNTH4444444444{number + 22}", details=said, now=ANSWERED)
    for number, (name, office, reach, answer) in enumerate(LETTERS):
        letter, code = invite_person(
            DEMO, event, name=name, office=office, reach=reach, id=key_of(f"letter/kasus-{number}"), now=ASKED
        )
        if answer == "declines":
            decline_letter(DEMO, letter, code=code, now=ANSWERED)
        if answer == "comes":
            said = Details(name, phone="0800-000-2201", sex="P", answers={str(before.pk): BEFORE[2]})
            register(DEMO, event, receipt="CNTH555555555522", details=said, letter=code, now=ANSWERED)
