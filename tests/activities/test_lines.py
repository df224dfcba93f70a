"""Lines of the 4W: whose they are, versions that are kept, what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.activities.models import ActivityPart, ResponseActivity
from simpul.activities.queries.responses import Narrowing, line_for, lines_of, versions_of
from simpul.activities.services.lines import correct_activity, record_activity, withdraw_activity
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.organisations import SYSTEM, make_organisation, someone
from tests.factories.responses import (
    DANGER,
    MASBAGIK,
    NOW,
    PAOKMOTONG,
    TODAY,
    line_draft,
    make_line,
    make_response,
    reached,
)
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@audits(record_activity, correct_activity, withdraw_activity)
def test_a_line_is_told_corrected_and_taken_back() -> None:
    response, lead = make_response(), make_organisation()
    first = make_line(response, lead, planned=Decimal(500), done=Decimal(120))
    second = correct_activity(SYSTEM, first, line_draft(lead, done=Decimal(300), status="done"), now=LATER)
    assert (second.line, second.corrects, second.done, second.planned) == (first.pk, first, Decimal(300), None)
    assert [row.pk for row in versions_of(SYSTEM, second)] == [second.pk, first.pk]
    withdraw_activity(SYSTEM, second, now=LATER + timedelta(hours=1))
    withdraw_activity(SYSTEM, second, now=LATER + timedelta(hours=2))
    assert not lines_of(SYSTEM, response).exists()
    acts = Act.objects.filter(ref_kind="activities.responseactivity").order_by("pk").values_list("act", flat=True)
    assert list(acts) == [
        "activities.record_activity",
        "activities.correct_activity",
        "activities.withdraw_activity",
    ]


@denies(record_activity, correct_activity, withdraw_activity)
def test_a_line_is_written_by_its_lead_and_by_who_leads_the_response(cast: Cast) -> None:
    response = make_response(cast.network)
    draft = line_draft(cast.lentera)
    for player in (cast.hasan, cast.eko, cast.gede, cast.joko):
        with pytest.raises(Denied):
            record_activity(player.actor, response, draft, now=NOW)
    with pytest.raises(Denied):
        record_activity(Anonymous(), response, draft, now=NOW)
    mine = record_activity(cast.ani.actor, response, draft, now=NOW)
    theirs = record_activity(cast.dewi.actor, response, line_draft(cast.uptd), now=NOW)
    for player in (cast.hasan, cast.eko):
        with pytest.raises(Denied):
            correct_activity(player.actor, mine, draft, now=LATER)
        with pytest.raises(Denied):
            withdraw_activity(player.actor, mine, now=LATER)
    with pytest.raises(Denied):
        withdraw_activity(cast.ani.actor, theirs, now=LATER)
    # Nobody gives their line to somebody else, who would not know of it.
    with pytest.raises(Denied):
        correct_activity(cast.ani.actor, mine, line_draft(cast.uptd), now=LATER)
    assert correct_activity(cast.dewi.actor, mine, draft, now=LATER).corrects == mine


def test_in_a_draft_only_who_leads_it_writes(cast: Cast) -> None:
    response = make_response(cast.network, published=False)
    with pytest.raises(NotFound):
        record_activity(cast.ani.actor, response, line_draft(cast.lentera), now=NOW)
    assert record_activity(cast.dewi.actor, response, line_draft(cast.lentera), now=NOW).pk


def test_the_same_line_twice_is_one() -> None:
    response, lead, key = make_response(), make_organisation(), uuid7()
    assert make_line(response, lead, line=key) == make_line(response, lead, line=key)
    first = ResponseActivity.objects.get()
    version = uuid7()
    for _attempt in range(2):
        row = correct_activity(SYSTEM, first, line_draft(lead, status="done"), next_id=version, now=LATER)
        assert row.pk == version
    assert ResponseActivity.objects.count() == 2
    with pytest.raises(Conflict) as taken:
        make_line(make_response(), lead, line=key)
    assert taken.value.code == "id_taken"


def test_of_two_who_correct_one_version_the_second_is_told_what_it_says_now() -> None:
    response, lead = make_response(), make_organisation()
    first = make_line(response, lead)
    correct_activity(SYSTEM, first, line_draft(lead, status="done"), now=LATER)
    with pytest.raises(Conflict) as met:
        correct_activity(SYSTEM, first, line_draft(lead, status="stopped"), now=LATER)
    assert (met.value.code, met.value.theirs) == ("edited_meanwhile", {"status": "done"})
    with pytest.raises(Conflict):
        withdraw_activity(SYSTEM, first, now=LATER)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"cluster": "sihir"}, "unknown_cluster", "cluster"),
        ({"sub_cluster": "health.medical"}, "sub_cluster_of_another", "sub_cluster"),
        ({"activity": " ! "}, "activity_needed", "activity"),
        ({"status": "sold"}, "unknown_status", "status"),
        ({"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)}, "ends_before_start", "ends_on"),
        ({"as_of": TODAY + timedelta(days=1)}, "as_of_ahead", "as_of"),
        ({"done": Decimal(-1)}, "negative", "done"),
        ({"reached": reached(girls=3, with_disability=4)}, "more_than_all", "with_disability"),
    ],
)
def test_what_can_not_be_is_told_beside_its_field(said: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make_line(make_response(), **said)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_line_lies_in_the_response() -> None:
    response = make_response(None, MASBAGIK)
    for inside in (DANGER, "52.03", "52"):  # in it, or around it
        assert make_line(response, None, inside).area_id == inside
    with pytest.raises(Invalid) as refusal:
        make_line(response, None, "36.02")
    assert (refusal.value.code, refusal.value.field) == ("outside_response", "area")


def test_older_figures_never_replace_newer_ones() -> None:
    response, lead = make_response(), make_organisation()
    first = make_line(response, lead)
    with pytest.raises(Invalid) as refusal:
        correct_activity(SYSTEM, first, line_draft(lead, as_of=TODAY - timedelta(days=1)), now=LATER)
    assert (refusal.value.code, refusal.value.field) == ("as_of_older", "as_of")


def test_a_version_is_never_rewritten() -> None:
    row = make_line(make_response())
    for changed in ({"status": "done"}, {"as_of": date(2025, 1, 1)}, {"girls": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResponseActivity.objects.filter(pk=row.pk).update(**changed)
    ResponseActivity.objects.filter(pk=row.pk).update(superseded_at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseActivity.objects.filter(pk=row.pk).update(superseded_at=LATER + timedelta(days=1))


def test_who_has_a_part_is_kept_in_each_version() -> None:
    response, lead, helper = make_response(), make_organisation(), make_organisation()
    first = make_line(response, lead, implementers=[helper, helper], funders=[helper])
    assert sorted(first.parts.values_list("kind", flat=True)) == ["funder", "implementer"]
    second = correct_activity(SYSTEM, first, line_draft(lead, partners=[helper]), now=LATER)
    assert list(second.parts.values_list("kind", flat=True)) == ["partner"]
    assert first.parts.count() == 2


def test_a_part_that_the_writer_may_not_know_of_stays() -> None:
    response, lead = make_response(), make_organisation()
    hidden = make_organisation(name="Rumah Tersembunyi", hidden=True)
    first = make_line(response, lead, partners=[hidden])
    writer = someone(lead, "response.report")
    assert not line_for(writer, first.line).parts_in_sight  # type: ignore[attr-defined]
    second = correct_activity(writer, first, line_draft(lead, status="done"), now=LATER)
    assert list(second.parts.values_list("organisation_id", flat=True)) == [hidden.pk]


def test_nobody_names_an_organisation_that_they_may_not_know() -> None:
    response, lead = make_response(), make_organisation()
    hidden = make_organisation(name="Rumah Tersembunyi", hidden=True)
    with pytest.raises(NotFound):
        record_activity(someone(lead, "response.report"), response, line_draft(lead, partners=[hidden]), now=NOW)
    assert not ActivityPart.objects.exists()


def test_lines_of_a_hidden_lead_are_out_of_sight() -> None:
    response = make_response()
    hidden = make_organisation(name="Rumah Tersembunyi", hidden=True)
    row = make_line(response, hidden)
    shown = make_line(response)
    assert list(lines_of(Anonymous(), response)) == [shown]
    with pytest.raises(NotFound):
        line_for(Anonymous(), row.line)


def test_lines_are_narrowed_by_area_cluster_and_status() -> None:
    response = make_response()
    here, there = make_line(response), make_line(response, None, PAOKMOTONG, cluster="health", sub_cluster="")
    assert set(lines_of(SYSTEM, response, Narrowing(area_code=MASBAGIK))) == {here, there}
    assert list(lines_of(SYSTEM, response, Narrowing(area_code=DANGER))) == [here]
    assert list(lines_of(SYSTEM, response, Narrowing(cluster="health"))) == [there]
    assert not lines_of(SYSTEM, response, Narrowing(status="planned")).exists()


def test_a_guarded_line_is_in_no_list_of_a_small_area_but_its_own_peoples() -> None:
    response, lead = make_response(), make_organisation()
    row = make_line(response, lead, cluster="protection", sub_cluster="protection.violence")
    for reader, expected in ((Anonymous(), []), (someone(lead, "response.report"), [row]), (SYSTEM, [row])):
        assert list(lines_of(reader, response, Narrowing(area_code=DANGER))) == expected
        assert list(lines_of(reader, response, Narrowing(area_code="52.03"))) == [row]
