"""Two people, or two workers, at one list at the same moment: no row twice, and each told what became of theirs."""

import re
from datetime import UTC, datetime

import pytest
from django.db.models import Count

from simpul.audit.models import Act
from simpul.interop.models import ImportBatch, ImportRow, Outcome, State
from simpul.interop.queries import count_rows
from simpul.interop.services.deciding import confirm_import
from simpul.interop.services.undoing import undo_import
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership, Organisation
from tests.cast import Cast, Played, Stage
from tests.factories.imports import checked
from tests.rivals import Order, at_one_moment, rivals
from tests.web.imports.rival import HEADS
from tests.web.imports.rival import act as rival_act
from tests.web.imports.world import names

pytestmark = pytest.mark.racing
RIVAL = rival_act.__module__
NOW = datetime.now(UTC)


@pytest.fixture
def played(raced: None, stage: Stage) -> Cast:
    return stage.set_up()


def confirmed(who: Played, cast: Cast, wanted: list[str]) -> ImportBatch:
    """Looked through by them, and waiting for a worker. The operator's has no network."""
    home = cast.network.pk if who.key == "dewi" else None
    options = {"network": str(home)} if home else {}
    rows = ((name, "Yayasan") for name in wanted)
    batch = checked(who.actor, HEADS, *rows, organisation_id=home, options=options, now=NOW)
    return confirm_import(who.actor, batch, now=NOW)


def move_on(batch: ImportBatch) -> Order:
    return {"act": "move_on", "batch": str(batch.pk), "user": str(batch.imported_by)}


def entered(wanted: list[str]) -> dict[str, int]:
    rows = Organisation.objects.filter(name__in=wanted).order_by()
    return dict(rows.values_list("name").annotate(n=Count("pk")))


def refused(batch: ImportBatch) -> set[str]:
    rows = ImportRow.objects.filter(batch=batch, outcome=Outcome.REFUSED)
    assert all(row.reason for row in rows)
    return {str(row.cells.open()[0]) for row in rows}


def test_two_people_who_import_overlapping_lists_enter_each_name_once_and_both_are_told(played: Cast) -> None:
    words = names(160)
    dewis, jokos = confirmed(played.dewi, played, words[:110]), confirmed(played.joko, played, words[50:])
    with rivals(RIVAL) as (one, two):
        assert at_one_moment({one: move_on(dewis), two: move_on(jokos)}) == ["done", "done"]
    assert entered(words) == dict.fromkeys(words, 1)
    assert [ImportBatch.objects.get(pk=b.pk).state for b in (dewis, jokos)] == [State.DONE, State.DONE]
    told = [refused(batch) for batch in (dewis, jokos)]
    assert told[0].isdisjoint(told[1])
    assert told[0] | told[1] == set(words[50:110]), "what both had is refused to the one who was slower"
    for who, batch, list_ in ((played.dewi, dewis, told[0]), (played.joko, jokos, told[1])):
        page = who.client().get(f"/impor/{batch.pk}/").content.decode()
        shown = re.sub(r"<[^>]+>", " ", page).casefold()
        assert count_rows(batch).outcomes.get(Outcome.REFUSED, 0) == len(list_)
        assert ("sementara itu sudah dimasukkan" in shown) == bool(list_)


def test_two_workers_at_one_import_write_each_row_once(played: Cast) -> None:
    words = names(120)
    batch = confirmed(played.dewi, played, words)
    with rivals(RIVAL) as (one, two):
        answers = at_one_moment({one: move_on(batch), two: move_on(batch)})
    assert set(answers) <= {"done", "Conflict moved_on"}
    assert "done" in answers
    assert entered(words) == dict.fromkeys(words, 1)
    assert count_rows(batch).outcomes == {Outcome.WRITTEN: 120}
    assert Membership.objects.filter(network=played.network, member__name__in=words).count() == 120
    assert Act.objects.filter(act="organisations.register_organisation").count() == 120


def test_two_workers_that_take_one_import_back_leave_nothing_and_trip_over_nothing(played: Cast) -> None:
    words = names(120)
    batch = confirmed(played.dewi, played, words)
    with rivals(RIVAL) as (one, two):
        at_one_moment({one: move_on(batch)})
        undo_import(played.dewi.actor, batch, now=NOW)
        answers = at_one_moment({one: move_on(batch), two: move_on(batch)})
    assert set(answers) <= {"done", "Conflict moved_on"}
    assert entered(words) == {}
    assert count_rows(batch).outcomes == {Outcome.UNDONE: 120}
    assert ImportBatch.objects.get(pk=batch.pk).state == State.UNDONE


def test_a_form_sent_twice_at_the_same_moment_is_one_import_with_each_row_once(played: Cast) -> None:
    assert played.dewi.user is not None
    with rivals(RIVAL) as (one, two):
        for _ in range(3):
            order = {
                "act": "receive",
                "key": str(uuid7()),
                "user": str(played.dewi.user.pk),
                "home": str(played.network.pk),
                "names": names(1_500),
            }
            assert at_one_moment({one: order, two: order}) == ["done", "done"]
            batch = ImportBatch.objects.get(pk=order["key"])
            assert batch.state == State.MAPPING
            numbers = ImportRow.objects.filter(batch=batch).order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(1, 1_502))
            assert Act.objects.filter(act="interop.receive_import", ref_id=batch.pk).count() == 1
