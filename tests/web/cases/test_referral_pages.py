"""Pages of referrals: what a letter, an address, a log and a preview give away, which is nothing."""

import logging
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from simpul.cases.models import Referral, ReferralLink
from simpul.cases.referral_life import ReferralAct, ReferralStage
from simpul.cases.services.helping import add_need
from simpul.cases.services.referral_answers import answer_referral
from simpul.kernel.ids import uuid7
from simpul.paper.pictures import qr_svg
from simpul.web.cases.referral.printing import letter_of
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, victim_of
from tests.factories.referrals import ADDRESS, NAME, PHONE, STORY, make_matter, make_office, make_referral

SECRETS = (NAME, PHONE, STORY, ADDRESS)


def issue(cast: Cast, referral: Referral, **data: str) -> tuple[str, str, str]:
    """The page's own link and PIN, as Budi sees them, and the whole page."""
    page = cast.budi.client().post(reverse("referral:issue", args=[referral.pk]), data).content.decode()
    pin = re.search(r"<p class=\"code\">(\d{3} \d{3})</p>", page)
    address = re.search(r"http://testserver(/surat/buka/[^<\s\"]+)", page)
    assert pin
    return (address[1] if address else "", pin[1], page)


def opened(cast: Cast, referral: Referral) -> tuple[Client, str]:
    """The browser of an office without an account, and the address of the letter in it."""
    address, pin, _page = issue(cast, referral)
    browser = Client()
    answer = browser.post(address, {"pin": pin})
    assert answer.status_code == 302
    return browser, answer["Location"]


def test_an_office_without_an_account_answers(cast: Cast) -> None:
    browser, address = opened(cast, make_referral(cast))
    page = browser.get(address)
    assert NAME in page.content.decode()
    assert STORY not in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert key
    answer = {"act": "accept", "words": "Kami jemput.", "key": key[1]}
    assert browser.post(address, answer).status_code == 302
    browser.post(address, answer)
    referral = Referral.objects.get()
    assert referral.stage == ReferralStage.ACCEPTED
    assert referral.steps.filter(act=ReferralAct.ACCEPT).count() == 1
    assert "Kami jemput." in cast.budi.client().get(reverse("referral:one", args=[referral.pk])).content.decode()


def test_a_refusal_is_thanked_for_and_closes_the_letter(cast: Cast) -> None:
    browser, address = opened(cast, make_referral(cast))
    empty = browser.post(address, {"act": "refuse", "words": " ", "key": "0197b8f0-0000-7000-8000-000000000001"})
    assert empty.status_code == 422
    said = browser.post(address, {"act": "refuse", "words": "Penuh.", "key": "0197b8f0-0000-7000-8000-000000000001"})
    assert said.status_code == 200
    assert browser.get(address).status_code == 404


def test_a_preview_learns_and_uses_up_nothing(cast: Cast) -> None:
    address, pin, _page = issue(cast, make_referral(cast))
    shown = set()
    for path in (address, reverse("referral:front", args=["never-issued"])):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(path)
        assert not [query for query in asked.captured_queries if "cases_" in query["sql"]]
        body = re.sub(r'value="[^"]+"|/surat/buka/[^"<\s]+|lanjut=[^"]+', "", answer.content.decode())
        shown.add(strip_tags(body))
        assert answer["Cache-Control"] == "no-store"
        assert not [secret for secret in (*SECRETS, "Lentera", "UPTD") if secret in body]
    assert len(shown) == 1
    assert ReferralLink.objects.get().bound_at is None
    assert Client().post(address, {"pin": pin}).status_code == 302


def test_what_is_wrong_is_told_alike(cast: Cast) -> None:
    address, pin, _page = issue(cast, make_referral(cast))
    wrong = Client().post(address, {"pin": "000000" if pin != "000 000" else "111111"})
    never = Client().post(reverse("referral:front", args=["never-issued"]), {"pin": pin})
    assert (wrong.status_code, never.status_code) == (422, 422)
    message = "PIN salah, atau surat ini tidak berlaku lagi."
    assert message in wrong.content.decode()
    assert message in never.content.decode()


def test_a_second_browser_is_refused(cast: Cast) -> None:
    address, pin, _page = issue(cast, make_referral(cast))
    assert Client().post(address, {"pin": pin}).status_code == 302
    assert "perangkat lain" in Client().post(address, {"pin": pin}).content.decode()


def test_the_token_is_in_no_log_and_no_next_address(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    address, pin, _page = issue(cast, make_referral(cast))
    token = address.split("/")[3]
    Client().post(address, {"pin": "1"})
    answer = Client().post(address, {"pin": pin})
    said = " ".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name != "django.db.backends"
    )
    assert token not in said
    assert token not in answer["Location"]


def test_a_letter_names_nobody_and_no_matter(cast: Cast) -> None:
    """Text and code of the letter for every kind of matter are the same, but for number and address."""
    texts = set()
    for types in (["K.S"], ["PA.2"], ["AD.1"]):
        referral = make_referral(
            cast, case=make_matter(cast, types), office=make_office(cast, name="Kantor Contoh"), carried=True
        )
        letter = letter_of(referral, "https://simpul.example/surat/buka/x/", NOW)
        words = " ".join([str(getattr(letter, name)) for name in letter.__slots__])
        assert not [secret for secret in (*SECRETS, "kekerasan", "anak", "Masbagik") if secret.lower() in words.lower()]
        texts.add(words.replace(referral.code, ""))
        assert urlsplit(letter.address).path == "/surat/buka/x/"
        assert qr_svg(letter.address)
    assert len(texts) == 1


def test_a_printed_letter_comes_with_the_press_that_made_it(cast: Cast) -> None:
    referral = make_referral(cast, carried=True)
    _address, _pin, page = issue(cast, referral, cetak="1")
    token = re.search(r'name="kunci" value="([^"]+)"', page)
    assert token
    budi = cast.budi.client()
    pdf = budi.post(reverse("referral:letter", args=[referral.pk]), {"kunci": token[1]})
    assert pdf.content.startswith(b"%PDF-")
    assert (pdf["Cache-Control"], pdf["Content-Disposition"]) == ("no-store", 'attachment; filename="surat.pdf"')
    assert budi.post(reverse("referral:letter", args=[referral.pk]), {"kunci": "made-up"}).status_code == 404


def test_titles_and_addresses_say_nothing(cast: Cast) -> None:
    referral = make_referral(cast)
    for client, name in ((cast.budi.client(), "referral:one"), (cast.citra.client(), "referral:office")):
        body = client.get(reverse(name, args=[referral.pk])).content.decode()
        title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
        assert title
        assert not [word for word in (*SECRETS, "Kekerasan", "UPTD", referral.case.code) if word in title[1]]


def test_the_group_drafts_and_sends(cast: Cast) -> None:
    case, office = make_matter(cast), make_office(cast)
    budi = cast.budi.client()
    address = reverse("referral:draft", args=[case.pk])
    page = budi.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    data = {
        "key": key[1],
        "party": str(case.parties.get().pk),
        "service_point": str(office.pk),
        "request": "Mohon didampingi.",
        "shared": ["name"],
    }
    first, again = budi.post(address, data), budi.post(address, data)
    assert first["Location"] == again["Location"]
    referral = Referral.objects.get()
    refused = budi.post(reverse("referral:send", args=[referral.pk]), {"basis": "consent", "reason": "Kata saya"})
    assert refused.status_code == 422
    assert "Kata saya" in refused.content.decode()
    sent = budi.post(reverse("referral:send", args=[referral.pk]), {"basis": "vital", "reason": "Diancam."})
    assert sent.status_code == 302
    referral.refresh_from_db()
    assert referral.stage == ReferralStage.SENT


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_more(cast: Cast, number: int) -> None:
    for _ in range(number):
        referral = make_referral(cast)
    for n in range(number):
        act, later = "accept" if n == 0 else "progress", timezone.now() + timedelta(minutes=n)
        answer_referral(cast.citra.actor, referral, act=act, words=f"Hari {n}", now=later)
    browser, by_link = opened(cast, referral)
    asked = {}
    for client, path in (
        (cast.budi.client(), reverse("referral:list")),
        (cast.budi.client(), reverse("referral:one", args=[referral.pk])),
        (cast.citra.client(), reverse("referral:inbox")),
        (cast.citra.client(), reverse("referral:office", args=[referral.pk])),
        (browser, by_link),
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(path).status_code == 200
        asked[path.split("/")[1] + str(path.count("/"))] = len(counted)
    assert asked == {"rujukan2": 5, "rujukan3": 8, "surat2": 5, "surat3": 11, "surat4": 10}


def test_a_referral_says_for_which_need_it_is_and_only_for_one_of_that_person(cast: Cast) -> None:
    case, other = make_matter(cast), make_matter(cast)
    need = add_need(MAKER, victim_of(case), kind="SV.08", time_frame="week", now=timezone.now())
    foreign = add_need(MAKER, victim_of(other), kind="SV.09", time_frame="week", now=timezone.now())
    office, browser, path = make_office(cast), cast.budi.client(), reverse("referral:draft", args=[case.pk])
    page = browser.get(path).content.decode()
    assert f'value="{need.pk}"' in page
    assert str(foreign.pk) not in page
    told = {
        "key": str(uuid7()), "party": str(victim_of(case).pk), "service_point": str(office.pk), "request": "Visum.",
        "shared": ["name"],
    }  # fmt: skip
    wrong = browser.post(path, {**told, "need": str(foreign.pk)})
    assert wrong.status_code == 422
    assert "Visum." in wrong.content.decode()
    assert browser.post(path, {**told, "need": str(need.pk)}).status_code == 302
    assert Referral.objects.get().need == need


def test_a_referral_needs_no_need(cast: Cast) -> None:
    case, office = make_matter(cast), make_office(cast)
    told = {"key": str(uuid7()), "party": str(victim_of(case).pk), "service_point": str(office.pk), "request": "Visum."}
    path = reverse("referral:draft", args=[case.pk])
    assert cast.budi.client().post(path, {**told, "need": ""}).status_code == 302
    assert Referral.objects.get().need is None
