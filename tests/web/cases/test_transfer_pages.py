"""A case changes hands on the pages: what each side reads, what it costs, and what nobody reads."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.cases.models import Case, Transfer
from simpul.cases.services.consents import give_consent
from simpul.cases.transfer_kinds import TransferState
from simpul.web.cases.transfer.leading import page_of_transfer
from tests.cast import Cast, Played
from tests.factories.cases import MAKER
from tests.factories.referrals import NAME, PHONE, STORY, make_matter
from tests.factories.transfers import REASON, SUMMARY, make_coordinator, make_draft, make_offer

SECRETS = (NAME, PHONE, STORY, REASON)


@pytest.fixture
def lestari(cast: Cast) -> Played:
    return make_coordinator(cast.other_group)


def agree(transfer: Transfer) -> None:
    for party in transfer.case.parties.filter(role="victim").select_related("case__area"):
        give_consent(
            MAKER, party, capacity="self", purposes=[f"transfer:{transfer.to_organisation_id}"], language="id",
            manner="spoken", witness="Ibu Kader", expires_on=timezone.localdate() + timedelta(days=30),
            now=timezone.now(),
        )  # fmt: skip


def twice(browser: Any, path: str, told: dict[str, str]) -> Any:
    """The answers, and the second yes that is asked for: until then nothing has happened."""
    before = list(Transfer.objects.order_by("pk").values_list("state", "asked_at", "decided_at"))
    checking = browser.post(path, told)
    assert checking.status_code == 200
    assert 'name="langkah" value="ya"' in checking.content.decode()
    assert list(Transfer.objects.order_by("pk").values_list("state", "asked_at", "decided_at")) == before
    return browser.post(path, {**told, "langkah": "ya"})


def asked(cast: Cast, case: Case | None = None) -> Transfer:
    """Through the page, at this very moment: a page knows no other."""
    transfer = make_draft(cast, case=case, now=timezone.now())
    agree(transfer)
    assert (
        twice(cast.budi.client(), reverse("transfer:ask", args=[transfer.pk]), {"basis": "consent"}).status_code == 302
    )
    transfer.refresh_from_db()
    return transfer


def test_from_the_case_to_the_other_group(cast: Cast, lestari: Played) -> None:
    case, browser = make_matter(cast), cast.budi.client()
    assert reverse("transfer:draft", args=[case.pk]) in browser.get(f"/kasus/{case.pk}/").content.decode()
    page = browser.get(reverse("transfer:draft", args=[case.pk])).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    told = {"key": key[1], "to": str(cast.other_group.pk), "summary": SUMMARY, "reason": REASON, "fields_told": ["age"]}
    for _ in range(2):
        assert browser.post(reverse("transfer:draft", args=[case.pk]), told).status_code == 302
    transfer = Transfer.objects.get()
    one = reverse("transfer:one", args=[transfer.pk])
    person = case.parties.get(role="victim")
    assert reverse("cases:consent", args=[person.pk]) in browser.get(one).content.decode()
    assert f"transfer:{cast.other_group.pk}" in browser.get(reverse("cases:consent", args=[person.pk])).content.decode()
    assert one in browser.get(f"/kasus/{case.pk}/").content.decode()
    refused = browser.post(reverse("transfer:ask", args=[transfer.pk]), {"basis": "consent"})
    assert refused.status_code == 422
    agree(transfer)
    assert twice(browser, reverse("transfer:ask", args=[transfer.pk]), {"basis": "consent"}).status_code == 302
    theirs = lestari.client()
    offer = reverse("transfer:offer", args=[transfer.pk])
    assert offer in theirs.get("/pelimpahan/").content.decode()
    answer = twice(theirs, offer, {"takes": "yes"})
    assert answer["Location"] == f"/kasus/{case.pk}/"
    assert theirs.get(answer["Location"]).status_code == 200
    assert browser.get(f"/kasus/{case.pk}/").status_code == 404
    assert browser.get(one).status_code == 404


def test_nobody_is_named_before_it_is_taken(cast: Cast, lestari: Played) -> None:
    transfer, browser = asked(cast), lestari.client()
    for path in ("/pelimpahan/", reverse("transfer:offer", args=[transfer.pk])):
        page = browser.get(path).content.decode()
        for secret in (*SECRETS, transfer.former_code):
            assert secret not in page
    assert SUMMARY in page
    assert browser.get(f"/kasus/{transfer.case_id}/").status_code == 404
    assert browser.get(reverse("transfer:one", args=[transfer.pk])).status_code == 404


def test_no_needs_words_and_keeps_what_was_typed(cast: Cast, lestari: Played) -> None:
    transfer, browser = asked(cast), lestari.client()
    offer = reverse("transfer:offer", args=[transfer.pk])
    assert browser.post(offer, {"takes": "no", "words": " "}).status_code == 422
    assert twice(browser, offer, {"takes": "no", "words": "Kami penuh sampai Juni."}).status_code == 302
    page = cast.budi.client().get(reverse("transfer:one", args=[transfer.pk])).content.decode()
    assert "Kami penuh sampai Juni." in page


def test_whoever_looks_again_may_change_their_answer_and_finds_it_as_it_was(cast: Cast, lestari: Played) -> None:
    transfer = asked(cast)
    for browser, path, told in (
        (lestari.client(), reverse("transfer:offer", args=[transfer.pk]), {"takes": "no", "words": "Kami penuh."}),
        (cast.budi.client(), reverse("transfer:ask", args=[make_draft(cast, case=make_matter(cast)).pk]),
         {"basis": "vital", "reason": "Nyawanya terancam."}),
    ):  # fmt: skip
        kept = next(word for word in told.values() if word.endswith("."))
        assert kept in browser.post(path, told).content.decode()
        again = browser.post(path, {**told, "langkah": "ubah"})
        assert again.status_code == 200
        page = again.content.decode()
        assert kept in page
        assert 'value="ya"' not in page
    assert set(Transfer.objects.values_list("state", flat=True)) == {TransferState.ASKED, TransferState.DRAFT}


def test_a_repeated_second_yes_is_one(cast: Cast, lestari: Played) -> None:
    transfer, browser = asked(cast), lestari.client()
    offer = reverse("transfer:offer", args=[transfer.pk])
    assert twice(browser, offer, {"takes": "yes"}).status_code == 302
    assert browser.post(offer, {"takes": "yes", "langkah": "ya"}).status_code == 404
    assert Case.objects.filter(owner_organisation=cast.other_group).count() == 1


def test_the_old_group_reads_its_number_alone(cast: Cast, lestari: Played) -> None:
    transfer = asked(cast)
    twice(lestari.client(), reverse("transfer:offer", args=[transfer.pk]), {"takes": "yes"})
    page = cast.budi.client().get("/pelimpahan/").content.decode()
    assert transfer.former_code in page
    for secret in (*SECRETS, SUMMARY, Case.objects.get(pk=transfer.case_id).code):
        assert secret not in page


def test_notices_lead_each_side_to_its_own_page(cast: Cast, lestari: Played) -> None:
    transfer = asked(cast)
    offer = reverse("transfer:offer", args=[transfer.pk])
    assert page_of_transfer(lestari.actor, transfer.pk) == offer
    assert page_of_transfer(cast.budi.actor, transfer.pk) == reverse("transfer:one", args=[transfer.pk])
    assert page_of_transfer(cast.hasan.actor, transfer.pk) is None
    twice(lestari.client(), offer, {"takes": "yes"})
    assert page_of_transfer(cast.budi.actor, transfer.pk) == "/pelimpahan/"


def test_taking_it_back(cast: Cast, lestari: Played) -> None:
    transfer = asked(cast)
    cast.budi.client().post(reverse("transfer:revoke", args=[transfer.pk]))
    transfer.refresh_from_db()
    assert transfer.state == TransferState.REVOKED
    assert lestari.client().get(reverse("transfer:offer", args=[transfer.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_one_and_three(
    cast: Cast, lestari: Played, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        make_offer(cast)
    for who, costs in ((lestari, 7), (cast.budi, 7)):
        browser = who.client()
        browser.get("/pelimpahan/")
        with django_assert_num_queries(costs):
            assert browser.get("/pelimpahan/").status_code == 200


def test_the_pages_of_one_cost_little(cast: Cast, lestari: Played, django_assert_max_num_queries: Any) -> None:
    transfer = asked(cast)
    draft = make_draft(cast, case=make_matter(cast))
    paths = (
        (lestari, reverse("transfer:offer", args=[transfer.pk])),
        (cast.budi, reverse("transfer:one", args=[transfer.pk])),
        (cast.budi, reverse("transfer:one", args=[draft.pk])),
        (cast.budi, reverse("transfer:draft", args=[make_matter(cast).pk])),
    )
    for who, path in paths:
        browser = who.client()
        browser.get(path)
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pages_speak_both_languages(cast: Cast, lestari: Played, language: str) -> None:
    transfer, browser = asked(cast), lestari.client()
    browser.cookies["bahasa"] = language
    page = browser.get(reverse("transfer:offer", args=[transfer.pk])).content.decode()
    assert {"id": "Jawaban Anda", "en": "Your answer"}[language] in page


def test_nobody_to_hand_it_over_to_says_what_to_do(cast: Cast) -> None:
    page = cast.budi.client().get(reverse("transfer:draft", args=[make_matter(cast).pk])).content.decode()
    assert reverse("referral:draft", args=["00000000-0000-0000-0000-000000000000"])[:14] in page
    assert 'name="summary"' not in page
