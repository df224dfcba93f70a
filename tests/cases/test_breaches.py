"""The record of data breaches (R7): its clock of three days, who keeps it, and that nothing is ever taken out of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.cases.models import BreachStep, DataBreach
from simpul.cases.queries.breaches import breach_for, breaches_for, is_told, measures_of
from simpul.cases.services.breaches import note_breach_step, record_breach
from simpul.cases.services.retention import end_retention
from simpul.deadlines.models import Clock
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast, Played
from tests.factories.cases import MAKER, NOW
from tests.marks import audits, denies

LATER = NOW + timedelta(hours=5)


def lost_phone(cast: Cast, by: Played | None = None, **more: object) -> DataBreach:
    said: dict[str, object] = {
        "what": "Ponsel pendamping hilang di pasar.", "cause": "device", "classes": ["contact", "identity"],
        "noticed_at": NOW, "people": 12, "now": LATER, **more,
    }  # fmt: skip
    return record_breach((by or cast.budi).actor, cast.lentera, **said)  # type: ignore[arg-type]


def test_r7_the_clock_runs_three_times_24_hours_from_when_it_was_noticed(cast: Cast) -> None:
    breach = lost_phone(cast)
    clock = Clock.objects.get(about_id=breach.pk)
    assert (clock.code, clock.due_at - NOW) == ("D05", timedelta(hours=72))


def test_r7_it_ends_once_the_people_and_the_authority_were_told(cast: Cast) -> None:
    breach = lost_phone(cast)
    for kind, stopped in (("measure", False), ("people", False), ("people", False), ("authority", True)):
        note_breach_step(cast.budi.actor, breach, kind=kind, words="Surat diserahkan", now=LATER)
        assert (Clock.objects.get(about_id=breach.pk).stopped_at is not None) is stopped
    found = breach_for(cast.budi.actor, breach.pk)
    assert is_told(found)
    assert measures_of(found) == ["Surat diserahkan"]


@pytest.mark.parametrize("who", ["budi", "kartika", "joko"])
def test_coordinators_supervisors_and_operators_keep_it(cast: Cast, who: str) -> None:
    breach = lost_phone(cast, cast.played[who])
    assert [breach_for(cast.played[key].actor, breach.pk) for key in ("budi", "kartika", "joko")] == [breach] * 3


@denies(record_breach, note_breach_step)
def test_nobody_else_keeps_or_reads_it(cast: Cast) -> None:
    breach = lost_phone(cast)
    for who in (cast.ani, cast.citra, cast.dewi, cast.gede, cast.hasan, cast.indah, cast.publik):
        with pytest.raises(Denied):
            lost_phone(cast, who)
        with pytest.raises(Denied):
            note_breach_step(who.actor, breach, kind="measure", words="x", now=LATER)
        assert not breaches_for(who.actor).exists()
        with pytest.raises(NotFound):
            breach_for(who.actor, breach.pk)


@audits(record_breach, note_breach_step)
def test_it_is_written_once_and_recorded_without_its_words(cast: Cast) -> None:
    key, step = uuid7(), uuid7()
    for _ in range(2):
        breach = lost_phone(cast, id=key)
        note_breach_step(cast.budi.actor, breach, kind="measure", words="Rahasia", now=LATER, id=step)
    acts = Act.objects.filter(ref_kind="cases.databreach").order_by("id")
    assert [act.act for act in acts] == ["cases.record_breach", "cases.note_breach_step"]
    assert "pasar" not in str(list(acts.values()))
    with pytest.raises(Conflict):
        record_breach(
            cast.joko.actor, cast.other_group, what="x", cause="device", classes=["staff"], noticed_at=NOW, now=LATER,
            id=key,
        )  # fmt: skip


def test_what_was_done_is_never_rewritten(cast: Cast) -> None:
    step = note_breach_step(cast.budi.actor, lost_phone(cast), kind="measure", words="Dihapus jauh", now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        BreachStep.objects.filter(pk=step.pk).update(kind="people")


def test_its_words_are_kept_for_a_time_and_what_became_of_it_for_good(cast: Cast) -> None:
    breach = lost_phone(cast)
    note_breach_step(cast.budi.actor, breach, kind="people", words="Diserahkan kepada Inaq Contoh", now=LATER)
    for days, kept in ((1800, True), (1840, False), (1841, False)):
        end_retention(MAKER, now=NOW + timedelta(days=days))
        found = breach_for(cast.budi.actor, breach.pk)
        words = [found.what.open(), *(step.words.open() for step in found.steps.all())]
        assert [bool(one) for one in words] == [kept, kept]
    assert (found.classes, found.people, [step.kind for step in found.steps.all()]) == (breach.classes, 12, ["people"])
    assert Act.objects.filter(act="cases.empty_breach").count() == 1
    with pytest.raises(Conflict) as closed:
        note_breach_step(cast.budi.actor, breach, kind="measure", words="x", now=LATER)
    assert closed.value.code == "closed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": " "}, "what"),
        ({"cause": "ghosts"}, "cause"),
        ({"classes": []}, "classes"),
        ({"classes": ["names"]}, "classes"),
        ({"people": -1}, "people"),
        ({"noticed_at": LATER + timedelta(hours=1)}, "noticed_at"),
        ({"happened_on": NOW.date() + timedelta(days=9)}, "happened_on"),
    ],
)
def test_a_breach_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        lost_phone(cast, **wrong)
    assert refused.value.field == field
