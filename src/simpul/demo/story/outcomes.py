"""What the forum's meeting of November and the training for secretariats left behind."""

from datetime import timedelta
from decimal import Decimal

from simpul.activities.asking import USUAL
from simpul.activities.models import Event
from simpul.activities.queries.feedback import slips_of
from simpul.activities.queries.scores import scored_for
from simpul.activities.services.actions import add_action, finish_action
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.feedback import close_feedback, give_feedback, open_feedback
from simpul.activities.services.minutes import write_minutes
from simpul.activities.services.scores import Points, put_scores
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.events import WEBINARS
from simpul.kernel.actor import Anonymous

WEEK = timedelta(days=7)
ANSWERS: tuple[dict[str, str], ...] = (
    {"useful": "5", "clear": "4", "heard": "5", "apply": "soon", "best": "Contoh dari desa lain, bukan teori"},
    {"useful": "5", "clear": "5", "heard": "4", "apply": "soon", "better": "Mulai tepat waktu"},
    {"useful": "4", "clear": "3", "heard": "4", "apply": "help", "better": "Lembar latihan huruf besar"},
    {"useful": "5", "clear": "4", "heard": "5", "apply": "soon", "best": "Latihan menulis notulensi bersama"},
    {"useful": "3", "clear": "2", "heard": "3", "apply": "unsure", "better": "Terlalu banyak istilah"},
    {"useful": "4", "clear": "4", "heard": "5", "apply": "help"},
)


def load_outcomes() -> None:
    """In the order in which it happened."""
    _after_training(Event.objects.get(pk=key_of("event/pelatihan-sekretariat")))
    meetings = Event.objects.filter(owner_organisation=organisation("forum"), series__isnull=False)
    before, last = list(meetings.filter(held_at__isnull=False).order_by("starts_at"))[-2:]
    _thought_of(before)
    _after_meeting(last)
    _still_asked(Event.objects.get(pk=key_of(f"event/semidaring-{len(WEBINARS)}")))


def _after_training(event: Event) -> None:
    then = event.ends_at
    people = scored_for(DEMO, event)
    rows = {one.participant.pk: Points(*_points(number)) for number, one in enumerate(people)}
    put_scores(DEMO, event, rows=rows, now=then)
    set_certificate_rule(
        DEMO,
        event,
        measure="minutes",
        least=240,
        signer="Dewi (contoh)",
        signer_position="Sekretariat jaringan",
        now=then,
    )
    issue_certificates(DEMO, event, now=then + WEEK)


def _thought_of(event: Event) -> None:
    then = event.ends_at
    form = open_feedback(DEMO, event, questions=USUAL, now=then)
    form.event = event
    for code, answers in zip(slips_of(DEMO, form), ANSWERS, strict=False):
        give_feedback(Anonymous(), code, answers=answers, now=then)
    close_feedback(DEMO, form, now=then + WEEK)


def _still_asked(event: Event) -> None:
    """Of the last webinar: open, and two have answered. How, nobody learns before it is closed."""
    form = open_feedback(DEMO, event, questions=USUAL, days=60, now=event.ends_at)
    form.event = event
    for code, answers in zip(slips_of(DEMO, form), ANSWERS[:2], strict=False):
        give_feedback(Anonymous(), code, answers=answers, now=event.ends_at)


def _after_meeting(event: Event) -> None:
    then = event.ends_at
    write_minutes(
        DEMO, event, seen=0, number="021/SIMPUL-LOTIM/XI/2026", led_by="Eko (contoh)", written_by="Baiq Nurul (contoh)",
        agenda="Kartu JKN yang nonaktif\nSiaga banjir musim hujan",
        discussion="Data dari enam desa dibacakan. Dinas meminta daftar desa, bukan nama orang.",
        decisions=["Reaktivasi kartu diajukan bersama lewat dinas sosial", "Posko dibuka di dua kecamatan"],
        signers=[("Perwakilan Bappeda (contoh)", "Bappeda Lombok Timur")], now=then,
    )  # fmt: skip
    day = event.starts_on
    for number, (words, owner, due) in enumerate(
        (
            ("Kirim rekap kartu nonaktif per desa", "lentera", day + WEEK),
            ("Siapkan daftar perahu dan relawan", "oms-1", day + 4 * WEEK),
            ("Undang BPBD ke rapat Desember", "forum", day + 2 * WEEK),
        )
    ):
        point = add_action(
            DEMO, event, id=key_of(f"rtl/{number}"), words=words, due_on=due,
            organisation=organisation(owner), now=then,
        )  # fmt: skip
        if owner == "forum":
            finish_action(DEMO, point, outcome="BPBD menyanggupi hadir", now=then + WEEK)


def _points(number: int) -> tuple[Decimal, Decimal]:
    before = 40 + 7 * number % 30
    return Decimal(before), Decimal(min(before + 15 + 5 * number % 20, 100))
