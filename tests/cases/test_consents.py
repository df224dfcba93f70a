"""Consent: who may give it, that it can be shown, that it ends; and on what anything else rests."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.cases.consent_kinds import AGGREGATE, RECORD, refer_to
from simpul.cases.models import Case, Consent, LegalBasis, Party
from simpul.cases.rules.consents import standing_consent
from simpul.cases.services.consents import (
    confirm_stopped,
    establish_basis,
    give_consent,
    note_assent,
    withdraw_consent,
)
from simpul.cases.services.progress import correct_case
from simpul.cases.services.sight import escalate_case
from simpul.deadlines.models import Clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.marks import audits, denies

UPTD = refer_to(uuid7())
LATER = NOW + timedelta(days=1)


def ask(party: Party, *, actor: Actor = MAKER, now: datetime = NOW, **more: Any) -> Consent:
    said: dict[str, Any] = {
        "capacity": "self",
        "purposes": [RECORD, UPTD],
        "language": "sas",
        "manner": "spoken",
        "witness": "Saksi Contoh",
        "expires_on": date(2026, 3, 3),
    }
    return give_consent(actor, party, now=now, **{**said, **more})


def test_r4_consent_is_spoken_before_a_witness_and_kept_as_it_was_said(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"age_stated": 30}))
    row = ask(victim, withheld_from=["ayah", " "])
    assert row.withheld_from
    assert row.withheld_from.open() == ["ayah"]
    assert (standing_consent(victim, RECORD, now=NOW), standing_consent(victim, AGGREGATE, now=NOW)) == (row, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=row.pk).update(purposes=[AGGREGATE])
    assert ask(victim, id=row.pk, purposes=[AGGREGATE]).purposes == row.purposes


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"witness": ""}, "witness"),
        ({"manner": "sheet", "witness": ""}, "sheet_number"),
        ({"purposes": []}, "purposes"),
        ({"purposes": ["everything"]}, "purposes"),
        ({"capacity": "owner"}, "capacity"),
        ({"capacity": "guardian"}, "given_by"),
        ({"language": "xx"}, "language"),
        ({"manner": "nod"}, "manner"),
        ({"expires_on": date(2025, 3, 3)}, "expires_on"),
        ({"given_at": LATER}, "given_at"),
    ],
)
def test_r4_consent_that_could_not_be_shown_is_none(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"age_stated": 30}))
    with pytest.raises(Invalid) as refused:
        ask(victim, **wrong)
    assert refused.value.field == field
    assert not Consent.objects.exists()


def test_r4_a_childs_guardian_is_asked_and_the_child_has_a_word_of_its_own(cast: Cast) -> None:
    child = victim_of(make_case(cast.lentera, types=["PA.2"], victim={"age_stated": 14}))
    with pytest.raises(Invalid) as refused:
        ask(child)
    assert refused.value.code == "child"
    ask(child, capacity="parent", given_by="Ibu Contoh")
    word = note_assent(MAKER, child, agrees=True, language="id", now=NOW)
    assert child.assents.get() == word


def test_r4_no_parent_is_asked_where_a_parent_is_the_danger(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["PA.2"], victim={"age_stated": 14}, guardian_conflict=True)
    child = victim_of(case)
    with pytest.raises(Conflict) as refused:
        ask(child, capacity="parent", given_by="Ayah Contoh")
    assert refused.value.code == "guardian_conflict"
    assert ask(child, capacity="companion", given_by="Petugas UPTD PPA Contoh").pk
    correct_case(MAKER, case, {"guardian_conflict": False}, seen=99, now=NOW)
    assert ask(child, capacity="parent", given_by="Ibu Contoh").pk


def test_consent_ends_on_its_day_in_the_village(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"age_stated": 30}))
    ask(victim, expires_on=date(2025, 3, 4))
    assert standing_consent(victim, RECORD, now=datetime.fromisoformat("2025-03-03T15:59:00+00:00"))
    assert not standing_consent(victim, RECORD, now=datetime.fromisoformat("2025-03-03T16:00:00+00:00"))


def test_withdrawing_ends_it_at_once_and_runs_three_days_for_what_rests_on_it(cast: Cast) -> None:
    case = make_case(cast.lentera, victim={"age_stated": 30})
    victim = victim_of(case)
    one, two = ask(victim), ask(victim, purposes=[AGGREGATE])
    gone = withdraw_consent(MAKER, one, capacity="self", now=NOW)
    also = withdraw_consent(MAKER, two, capacity="self", now=NOW)
    assert withdraw_consent(MAKER, one, capacity="self", now=LATER) == gone
    assert standing_consent(victim, RECORD, now=NOW) is None
    clock = Clock.objects.get(code="D09")
    assert (clock.about, clock.due_at) == (case.ref, NOW + timedelta(hours=72))
    assert Case.objects.get(pk=case.pk).due_at == clock.due_at
    confirm_stopped(MAKER, gone, now=LATER)
    assert Clock.objects.get(code="D09").stopped_at is None
    confirm_stopped(MAKER, also, now=LATER)
    assert Clock.objects.get(code="D09").decision == "stopped"
    assert Case.objects.get(pk=case.pk).due_at is None


def test_every_processing_names_on_what_it_rests(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, actor=cast.ani.actor, victim={"age_stated": 30}))
    ani = cast.ani.actor
    with pytest.raises(Conflict) as refused:
        establish_basis(ani, victim, purpose=UPTD, basis="consent", now=NOW)
    assert refused.value.code == "consent_missing"
    # Danger to life needs nobody's leave, only a reason.
    with pytest.raises(Invalid):
        establish_basis(ani, victim, purpose=UPTD, basis="vital", now=NOW)
    assert establish_basis(ani, victim, purpose=UPTD, basis="vital", reason="Diancam dibunuh", now=NOW).pk
    with pytest.raises(Denied) as denied:
        establish_basis(ani, victim, purpose=UPTD, basis="override", reason="Mendesak", now=NOW)
    assert denied.value.permission == "case.override_consent"
    with pytest.raises(Invalid):
        establish_basis(cast.budi.actor, victim, purpose=UPTD, basis="override", now=NOW)
    assert establish_basis(cast.budi.actor, victim, purpose=UPTD, basis="override", reason="Mendesak", now=NOW).pk
    consent = ask(victim)
    assert establish_basis(ani, victim, purpose=UPTD, basis="consent", now=NOW).consent == consent
    assert LegalBasis.objects.count() == 3


@audits(give_consent, withdraw_consent, confirm_stopped, note_assent, establish_basis)
def test_consent_is_recorded_without_what_was_said(cast: Cast) -> None:
    case = make_case(cast.lentera, victim={"age_stated": 30})
    victim, budi = victim_of(case), cast.budi.actor
    row = ask(victim, actor=budi, withheld_from=["ayahnya"])
    establish_basis(budi, victim, purpose=RECORD, basis="consent", now=NOW)
    note_assent(budi, victim, agrees=False, language="id", now=NOW)
    confirm_stopped(budi, withdraw_consent(budi, row, capacity="self", now=NOW), now=NOW)
    acts = list(Act.objects.filter(ref_id=case.pk).order_by("id").values_list("act", flat=True))
    assert acts[1:] == [
        "cases.give_consent", "cases.establish_basis", "cases.note_assent", "cases.withdraw_consent",
        "cases.confirm_stopped",
    ]  # fmt: skip
    told = str(list(Act.objects.values()))
    assert "Saksi" not in told
    assert "ayahnya" not in told


@denies(give_consent, withdraw_consent, confirm_stopped, note_assent, establish_basis)
def test_others_record_no_consent(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, victim={"age_stated": 30})
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Tidak dijawab", now=NOW)
    victim = victim_of(case)
    row = ask(victim)
    gone = withdraw_consent(MAKER, row, capacity="self", now=NOW)
    for actor, error in ((cast.kartika.actor, Denied), (cast.hasan.actor, NotFound), (cast.joko.actor, NotFound)):
        for refused in (
            lambda a: ask(victim, actor=a),
            lambda a: withdraw_consent(a, row, capacity="self", now=NOW),
            lambda a: confirm_stopped(a, gone, now=NOW),
            lambda a: note_assent(a, victim, agrees=True, language="id", now=NOW),
            lambda a: establish_basis(a, victim, purpose=RECORD, basis="vital", reason="x", now=NOW),
        ):
            with pytest.raises(error):
                refused(actor)
