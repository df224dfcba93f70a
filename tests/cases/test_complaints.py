"""Sending a complaint: once, sealed, to whoever may answer it and to nobody it is about."""

from datetime import timedelta
from typing import Any

import pytest

from simpul.audit.models import Act
from simpul.cases.complaint_drafting import answers_of, draft_of, forget_expired, keep_answers, make_room
from simpul.cases.complaint_kinds import Level, Matter, is_confidential, suggests_lapor
from simpul.cases.complaint_receipts import digits_of, new_key, plain, words_of
from simpul.cases.models import Complaint, ComplaintDraft, ComplaintExclusion, ComplaintSecret
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.queries.complaint_readers import readers_of
from simpul.cases.queries.complaints import complaints_for, secret_by_receipt
from simpul.cases.services.complaints import give_words, submit_complaint
from simpul.kernel.errors import NotFound
from simpul.organisations.services.accompaniments import accompany_group
from tests.cast import BUILDER, NOW, Cast
from tests.factories.complaints import (
    PUBLIC,
    SOCIAL,
    VILLAGE,
    VIOLENCE,
    complain,
    complain_with_receipt,
    drafted,
    works_in,
)
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=31)


@pytest.fixture
def village(cast: Cast) -> Cast:
    """Lentera works in the village."""
    works_in(cast.lentera, VILLAGE)
    return cast


def seen_by(cast: Cast, complaint: Complaint) -> list[str]:
    return [p.key for p in cast if complaints_for(p.actor).filter(pk=complaint.pk).exists()]


@audits(submit_complaint)
def test_a_complaint_is_sent_once_however_often(village: Cast) -> None:
    key = drafted(SOCIAL)
    first = submit_complaint(PUBLIC, key=key, now=NOW)
    again = submit_complaint(PUBLIC, key=key, now=NOW)
    assert first.pk == again.pk
    assert Complaint.objects.count() == 1
    acts = Act.objects.filter(act="cases.submit_complaint")
    assert [(a.user_id, a.person_id, a.details["level"]) for a in acts] == [(None, None, "group")]
    assert receipt_of_sent(key, now=NOW)[1] == digits_of(key)


@denies(submit_complaint)
def test_nothing_is_sent_without_a_draft_or_from_one_that_expired(village: Cast) -> None:
    with pytest.raises(NotFound):
        submit_complaint(PUBLIC, key=new_key(), now=NOW)
    with pytest.raises(NotFound):
        submit_complaint(PUBLIC, key=drafted(SOCIAL), now=LATER)
    assert not Complaint.objects.exists()


def test_what_was_told_is_sealed_and_the_receipt_is_kept_nowhere(village: Cast) -> None:
    complaint, digits, secret = complain_with_receipt(VIOLENCE, named="Pak Zulkarnain", phone="081234567890")
    raw = str(list(Complaint.objects.filter(pk=complaint.pk).values())) + str(list(ComplaintSecret.objects.values()))
    assert "Zulkarnain" not in raw
    assert "takut" not in raw
    assert "081234567890" not in raw
    assert digits not in raw
    assert secret.complaint_id == complaint.pk
    fresh = Complaint.objects.get(pk=complaint.pk)
    assert fresh.narrative is not None
    assert fresh.narrative.open() == "Saya takut pulang."


def test_nothing_has_to_be_said(village: Cast) -> None:
    complaint = complain({"narrative": ""})
    assert (complaint.matter, complaint.about, complaint.relation) == ("withheld", "withheld", "withheld")
    assert (complaint.channel, complaint.reported_by, complaint.wish) == ("form", "anonymous", "none")
    assert complaint.is_confidential


def test_r12_channel_and_relation_are_always_there(village: Cast) -> None:
    complaint = complain(reported_by="other", relation="neighbour", channel="phone")
    assert (complaint.channel, complaint.relation) == ("phone", "neighbour")


@pytest.mark.parametrize(
    ("said", "who"), [(SOCIAL, ["ani", "budi"]), (VIOLENCE, ["budi"]), ({**SOCIAL, "matter": "unsure"}, ["budi"])]
)
def test_it_goes_to_the_group_of_the_village(village: Cast, said: dict[str, Any], who: list[str]) -> None:
    complaint = complain(said)
    assert (complaint.handler, complaint.level) == (village.lentera, Level.GROUP)
    assert seen_by(village, complaint) == who
    assert village.budi.user is not None
    assert readers_of(complaint.pk, now=NOW) == {village.budi.user.pk}


@pytest.mark.parametrize("about", ["group", "village"])
def test_about_the_group_or_the_village_office_it_goes_above(village: Cast, about: str) -> None:
    complaint = complain(about=about)
    assert (complaint.handler, complaint.level) == (village.support, Level.ABOVE)
    assert seen_by(village, complaint) == ["kartika"]
    assert complaint.about_group == (village.lentera if about == "group" else None)


def test_the_accused_never_sees_it(village: Cast) -> None:
    """Budi coordinates the group and is named: it goes above, and does not exist for him."""
    complaint = complain(VIOLENCE, named="Pak Budi, ketua")
    assert (complaint.handler, complaint.level) == (village.support, Level.ABOVE)
    assert seen_by(village, complaint) == ["kartika"]


def test_whom_it_is_kept_from_never_sees_it(village: Cast) -> None:
    complaint = complain(hidden_from="jangan sampai Ani tahu")
    assert complaint.handler == village.lentera
    assert seen_by(village, complaint) == ["budi"]
    assert [row.person for row in ComplaintExclusion.objects.all()] == [village.ani.person]


def test_an_office_that_is_named_never_receives_it(village: Cast) -> None:
    accompany_group(BUILDER, village.lentera, supporter=village.uptd, now=NOW)
    complaint = complain(named="orang Pusat Riset Contoh", about="group")
    assert complaint.handler != village.support


def test_where_nobody_is_it_goes_to_whom_this_simpul_names(village: Cast) -> None:
    complaint = complain(area="")
    assert (complaint.handler, complaint.level) == (None, Level.NODE)
    assert seen_by(village, complaint) == []


def test_a_neighbouring_village_goes_to_who_accompanies_groups_of_the_regency(village: Cast) -> None:
    areas("52.03.17.2002")
    complaint = complain(area="52.03.17.2002")
    assert (complaint.handler, complaint.level) == (village.support, Level.ABOVE)


def test_lapor_is_never_suggested_for_violence_or_what_might_be() -> None:
    suggested = {(m.value, a) for m in Matter for a in ("nobody", "person", "office") if suggests_lapor(m, a)}
    assert suggested == {(m, a) for m in ("AD", "JK", "BS") for a in ("nobody", "office")}
    assert all(is_confidential(m, "nobody") for m in ("K", "PA", "unsure", "withheld"))


def test_a_draft_is_encrypted_and_gone_after_half_an_hour(village: Cast) -> None:
    key = drafted({**VIOLENCE, "named": "Zulkarnain"})
    raw = str(list(ComplaintDraft.objects.values()))
    assert "Zulkarnain" not in raw
    assert key not in raw
    assert answers_of(draft_of(key, now=NOW))["named"] == "Zulkarnain"
    assert draft_of(key, now=LATER) is None
    assert forget_expired(LATER) == 1
    assert not ComplaintDraft.objects.exists()


def test_a_draft_that_was_sent_keeps_no_answers_and_takes_none(village: Cast) -> None:
    key = drafted(VIOLENCE)
    submit_complaint(PUBLIC, key=key, now=NOW)
    keep_answers(key, {"narrative": "lagi"}, now=NOW)
    assert answers_of(draft_of(key, now=NOW)) == {}


@audits(give_words)
def test_four_words_open_it_too(village: Cast) -> None:
    key = drafted(SOCIAL)
    complaint = submit_complaint(PUBLIC, key=key, now=NOW)
    words = give_words(PUBLIC, key=key, now=NOW)
    assert words == give_words(PUBLIC, key=key, now=NOW) == words_of(key)
    assert secret_by_receipt(plain(f"  {words.upper()} ")).complaint == complaint
    assert Act.objects.filter(act="cases.give_words").count() == 1


@denies(give_words)
def test_words_are_given_to_who_has_sent_alone(village: Cast) -> None:
    with pytest.raises(NotFound):
        give_words(PUBLIC, key=drafted(SOCIAL), now=NOW)


def test_a_signed_in_companion_complains_as_nobody(village: Cast) -> None:
    """The pages pass the public's actor on: an act of the form names no account."""
    complain()
    assert set(Act.objects.filter(act__startswith="cases.").values_list("user_id", flat=True)) == {None}


def test_a_flood_of_drafts_makes_room_and_a_new_one_is_never_refused(village: Cast) -> None:
    written, idle = drafted(SOCIAL), [drafted({}, now=NOW + timedelta(seconds=n)) for n in range(3)]
    assert make_room(NOW, most=5) == 0
    assert make_room(NOW, most=3) == 2
    assert [draft_of(key, now=NOW) is None for key in idle] == [True, True, False]
    assert answers_of(draft_of(written, now=NOW))["narrative"] == SOCIAL["narrative"]
    assert make_room(NOW, most=1) == 2
    assert draft_of(written, now=NOW) is None


def test_what_was_sent_makes_no_room(village: Cast) -> None:
    key = drafted(SOCIAL)
    submit_complaint(PUBLIC, key=key, now=NOW)
    assert make_room(NOW, most=1) == 0
    assert receipt_of_sent(key, now=NOW)[1]
