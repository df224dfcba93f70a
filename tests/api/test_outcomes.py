"""A program after an event: minutes, action points, what people thought, certificates, points."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from simpul.access.services import create_service_token
from simpul.activities.models import ActionPoint, Certificate, Event, Participant, TestScore
from simpul.activities.queries.feedback import slips_of
from simpul.activities.services.actions import add_action
from simpul.activities.services.feedback import give_feedback
from simpul.activities.services.life import hold_event
from simpul.kernel.actor import Anonymous
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.visibility import SafetyReason
from tests.api.conftest import EVERY, Program, problem
from tests.cast import Cast
from tests.factories.activities import START, SYSTEM, came, make_event, session_of, somebody

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
V1 = "/api/v1"
KEY = "0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d"


@pytest.fixture
def event(cast: Cast) -> Event:
    """Six came."""
    made = make_event(cast.forum)
    came(made, *(somebody(f"Peserta {number}") for number in range(6)))
    return hold_event(SYSTEM, made, now=made.ends_at)


@pytest.fixture
def eko(cast: Cast, program: Programs) -> Program:
    return program(cast.eko)


def of(event: Event) -> str:
    return f"{V1}/events/{event.pk}"


def test_what_was_agreed_is_written_once_moved_by_its_version_and_ended_for_good(event: Event, eko: Program) -> None:
    sent = {"id": KEY, "words": "Kirim surat", "due_on": "2025-07-01", "owner_name": "Pak Kawil"}
    made = [eko.post(f"{of(event)}/actions", sent) for _twice in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert ActionPoint.objects.count() == 1
    address = f"{V1}/actions/{KEY}"
    assert made[0].headers["Location"] == address
    told = eko.get(address)
    later = {"words": "Kirim surat ke Dukcapil", "due_on": "2025-07-15"}
    problem(eko.put(address, later), 428)
    moved = eko.put(address, later, If_Match=told.headers["ETag"])
    assert (moved.json()["due_on"], moved.json()["first_due_on"]) == ("2025-07-15", "2025-07-01")
    problem(eko.put(address, later | {"words": "Lain"}, If_Match=told.headers["ETag"]), 412, "edited_meanwhile")
    done = eko.post(f"{address}/finish", {"outcome": "Surat diterima"}).json()
    assert (done["state"], done["outcome"], done["owner"]) == ("done", "Surat diterima", "Pak Kawil")
    problem(eko.post(f"{address}/drop", {"reason": "Batal"}), 409, "ended")
    assert eko.get(f"{V1}/actions").json()["items"] == []


def test_the_next_meeting_of_the_series_opens_with_what_is_left(event: Event, eko: Program) -> None:
    problem(eko.post(f"{of(event)}/actions", {"words": "Kirim", "due_on": "2025-07-01"}), 422, "owner_needed")
    assert eko.get(f"{of(event)}/actions").json() == {"agreed": [], "brought": []}
    mine = eko.post(f"{of(event)}/actions", {"words": "Kirim", "due_on": "2025-07-01", "is_mine": True}).json()
    assert (mine["is_mine"], mine["owner"]) == (True, "Eko")
    assert [row["id"] for row in eko.get(f"{of(event)}/actions").json()["agreed"]] == [mine["id"]]


def test_an_organisations_token_reads_nothing_that_who_answers_for_it_promised_elsewhere(
    cast: Cast, event: Event, program: Programs
) -> None:
    assert cast.dewi.user
    due = event.ends_at.date()
    row = add_action(SYSTEM, event, words="Kirim", due_on=due, person=cast.dewi.person, now=START)
    own = program(cast.dewi).get(f"{V1}/actions").json()["items"]
    assert [line["id"] for line in own] == [str(row.pk)]
    now = datetime.now(UTC)
    _, secret = create_service_token(
        cast.dewi.actor, cast.dewi.user, cast.network, name="situs", scopes=["events:write"], days=1, now=now
    )
    assert Program(secret).get(f"{V1}/actions").json()["items"] == []
    problem(Program(secret).get(f"{V1}/actions/{row.pk}"), 404)


def test_minutes_are_written_whole_and_two_writers_see_each_other(event: Event, eko: Program) -> None:
    address = f"{of(event)}/minutes"
    first = eko.get(address)
    assert first.json()["changed_at"] is None
    said = {"led_by": "Ibu Camat", "decisions": ["Anggaran dibahas lagi"], "signers": [{"name": "Pak Kades"}]}
    kept = eko.put(address, said, If_Match=first.headers["ETag"])
    assert kept.json()["signers"] == [{"name": "Pak Kades", "office": ""}]
    refused = problem(eko.put(address, {"agenda": "Lain"}, If_Match=first.headers["ETag"]), 412, "edited_meanwhile")
    assert "Lain" not in str(refused.get("theirs"))
    assert eko.get(address).json()["led_by"] == "Ibu Camat"


def test_notes_are_taken_and_corrected_and_the_slower_sees_both(event: Event, eko: Program) -> None:
    notes = f"{V1}/sessions/{session_of(event).pk}/meeting-notes"
    sent = {"id": KEY, "kind": "decided", "text": "Air bersih dianggarkan.", "noted_at": "2025-06-10T02:00:00Z"}
    made = [eko.post(notes, sent) for _twice in range(2)]
    assert {answer.json()["noted_at"] for answer in made} == {"2025-06-10T02:00:00Z"}
    address, tag = f"{V1}/meeting-notes/{KEY}", made[0].headers["ETag"]
    assert eko.put(address, {"kind": "decided", "text": "Kata saya."}, If_Match=tag).json()["version"] == 2
    body = problem(eko.put(address, {"kind": "asked", "text": "Kata lain."}, If_Match=tag), 412, "edited_meanwhile")
    assert body["theirs"] == {"kind": "decided", "text": "Kata saya.", "version": 2}
    assert body["yours"] == {"kind": "asked", "text": "Kata lain."}
    assert [row["text"] for row in eko.get(f"{of(event)}/meeting-notes").json()] == ["Kata saya."]


def answered(event: Event, times: int) -> None:
    form = event.feedback
    form.event = event
    for code in slips_of(SYSTEM, form)[:times]:
        give_feedback(Anonymous(), code, answers={"useful": "5", "best": "Latihan"}, now=datetime.now(UTC))


@pytest.mark.parametrize(("times", "answers"), [(4, 0), (5, 2)])
def test_feedback_is_told_once_it_is_over_and_from_five(event: Event, eko: Program, times: int, answers: int) -> None:
    address = f"{of(event)}/feedback"
    problem(eko.get(address), 404)
    problem(eko.post(address, {"questions": ["nama"]}), 422, "unknown_choice")
    assert eko.post(address, {"questions": ["useful", "best"]}).status_code == 201
    event.refresh_from_db()
    answered(event, times)
    told = eko.get(address).json()
    assert (told["codes"], told["answered"], told["answers"]) == (6, times, [])
    over = eko.post(f"{address}/close").json()
    assert (over["is_over"], over["too_few"], len(over["answers"])) == (True, times < 5, answers)
    if answers:
        assert (over["answers"][0]["mean"], over["answers"][1]["texts"]) == (5.0, ["Latihan"] * 5)


RULE = {"measure": "sessions", "least": 1, "signer": "Ibu Ketua"}


def test_certificates_are_given_out_corrected_withdrawn_and_their_codes_name_nobody(
    cast: Cast, event: Event, eko: Program, program: Programs
) -> None:
    address = f"{of(event)}/certificates"
    problem(eko.post(address), 409, "no_rule")
    assert eko.put(f"{of(event)}/certificate-rule", RULE).json()["waiting"] == 6
    assert [eko.post(address).json() for _twice in range(2)] == [
        {"issued": 6, "waiting": 0}, {"issued": 0, "waiting": 0},
    ]  # fmt: skip
    first = eko.get(address, {"limit": 4}).json()
    rest = eko.get(first["next"]).json()["items"]
    assert [row["number"][:3] for row in [*first["items"], *rest]] == [f"00{turn}" for turn in range(1, 7)]
    row = first["items"][0]
    right = eko.post(f"{V1}/certificates/{row['id']}/reissue", {"name": "Inaq Sari"}).json()
    assert (right["name"], right["replaces"]) == ("Inaq Sari", row["id"])
    told = program().get(f"{V1}/verdicts/{row['code']}")
    assert (told.json()["validity"], "Peserta" in told.content.decode()) == ("withdrawn", False)
    assert program().get(f"{V1}/verdicts/{right['code'].lower()}").json()["event"]["id"] == event.title["id"]
    problem(eko.post(f"{V1}/certificates/{right['id']}/reissue", {"name": "Ani \U0001f600"}), 422, "unprintable")
    ended = eko.post(f"{V1}/certificates/{right['id']}/withdraw", {"reason": "Salah orang"}).json()
    assert (ended["validity"], ended["withdrawn_reason"]) == ("withdrawn", "Salah orang")
    assert Certificate.objects.filter(withdrawn_at=None).count() == 5


def test_one_scope_alone_gives_out_no_papers_with_names(cast: Cast, event: Event, program: Programs) -> None:
    address = f"{of(event)}/certificate-rule"
    for scope, missing in (("events:write", "attendance.record"), ("attendance:write", "event.manage")):
        assert problem(program(cast.eko, [scope]).put(address, RULE), 403, "denied")["needs"] == missing
    others = [scope for scope in EVERY if scope not in {"events:write", "attendance:write"}]
    problem(program(cast.eko, others).put(address, RULE), 403, "scope_needed")


def test_a_host_in_hiding_is_named_by_no_code(cast: Cast, event: Event, eko: Program, program: Programs) -> None:
    eko.put(f"{of(event)}/certificate-rule", RULE)
    eko.post(f"{of(event)}/certificates")
    now = datetime.now(UTC)
    set_safety_mode(SYSTEM, cast.forum, on=True, reason_code=SafetyReason.THREAT, now=now)
    told = program().get(f"{V1}/verdicts/{Certificate.objects.all()[0].code}").json()
    assert (told["validity"], told["event"], told["organisation"]) == ("valid", None, None)


def test_points_are_put_in_emptied_and_averaged_from_five(event: Event, eko: Program) -> None:
    address = f"{of(event)}/scores"
    people = [str(key) for key in Participant.objects.filter(event=event).order_by("pk").values_list("pk", flat=True)]
    rows: list[dict[str, Any]] = [{"participant": key, "before": 40, "after": 70.5} for key in people]
    assert [eko.put(address, {"rows": rows}).json()["changed"] for _twice in range(2)] == [12, 0]
    assert eko.get(address).json()["items"][0]["after"] == 70.5
    assert eko.get(f"{of(event)}/score-summary").json()["gain"] == 30.5
    gone = [{"participant": key, "after": None} for key in people[:2]]
    assert eko.put(address, {"rows": gone}).json()["changed"] == 2
    summary = eko.get(f"{of(event)}/score-summary").json()
    assert (summary["both"], summary["gain"]) == (4, None)
    assert TestScore.objects.filter(stage="before").count() == 6
    problem(eko.put(address, {"rows": [*rows, rows[0]]}), 422, "twice")
    problem(eko.put(address, {"rows": [{"participant": people[0], "before": 101}]}), 422, "invalid_input")


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("actions", 11), ("certificates", 7), ("scores", 8), ("meeting-notes", 7)]
)
def test_queries_do_not_grow_with_rows(
    cast: Cast, program: Programs, django_assert_max_num_queries: Any, path: str, queries: int, people: int
) -> None:
    made = make_event(cast.forum)
    came(made, *(somebody() for _number in range(people)))
    hold_event(SYSTEM, made, now=made.ends_at)
    for number in range(people):
        add_action(SYSTEM, made, words=f"Surat {number}", due_on=made.starts_on, organisation=cast.lentera, now=START)
    eko = program(cast.eko)
    eko.put(f"{of(made)}/certificate-rule", RULE)
    eko.post(f"{of(made)}/certificates")
    notes = f"{V1}/sessions/{session_of(made).pk}/meeting-notes"
    for number in range(people):
        eko.post(notes, {"kind": "decided", "text": f"Catatan {number}"})
    with django_assert_max_num_queries(queries):
        assert eko.get(f"{of(made)}/{path}").status_code == 200
