"""Somebody tells what happened: on a phone, with and without scripts, and comes back with a receipt."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from simpul.cases.complaint_files import files_of
from simpul.cases.models import Complaint, ComplaintDraft
from simpul.cases.services.complaint_decisions import decide_complaint
from simpul.kernel.ids import uuid7
from tests.browser.arriving import comes
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, PLAIN, Screen, opened
from tests.cast import NOW, Cast
from tests.factories.complaints import VILLAGE, VIOLENCE, complain_with_receipt, works_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENGLISH = replace(PHONE, language="en", dark=True)
CALM = "https://www.bmkg.go.id/"


@pytest.fixture
def village(site: str, cast: Cast) -> Cast:
    works_in(cast.lentera, VILLAGE)
    return cast


def is_fine(page: Page, screen: Screen = PHONE) -> None:
    if not screen.script:  # axe waits for timers, which don't run there; it has seen the same page with scripts
        return
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def answer_calm(page: Page) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>Cuaca</title><p>Cerah berawan")

    page.route(f"{CALM}**", fulfil)


def receipt_on(page: Page) -> str:
    shown = page.locator(".digits").first
    expect(shown).to_have_text(re.compile(r"^(\d{4} ){3}\d{4}$"))
    return shown.inner_text()


@pytest.mark.parametrize("screen", [PHONE, PLAIN], ids=["phone", "plain"])
def test_four_steps_and_back_with_the_receipt(chromium: Browser, site: str, village: Cast, screen: Screen) -> None:
    with opened(chromium, site, screen) as page:
        page.goto("/adu/")
        expect(page.get_by_role("heading", name="Apa yang terjadi selanjutnya")).to_be_visible()
        expect(page.get_by_role("link", name="129", exact=True)).to_be_visible()
        is_fine(page, screen)
        page.get_by_role("button", name="Mulai").click()
        expect(page.get_by_role("heading", name="Ini tentang siapa?")).to_be_visible()
        is_fine(page, screen)
        page.get_by_label("Saya tidak mau menyebut siapa saya").check()
        page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(page.get_by_role("heading", name="Bagaimana kami boleh menghubungi Anda?")).to_be_visible()
        is_fine(page, screen)
        page.get_by_label("Tidak usah: saya memeriksa").check()
        page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(page.get_by_role("heading", name="Di mana, dan soal apa?")).to_be_visible()
        is_fine(page, screen)
        page.locator("#id_area").fill("Masbagik Utara Baru")
        page.get_by_label("Seseorang disakiti").check()
        page.get_by_label("Siapa yang tidak boleh tahu?").fill("Ani")
        page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(page.get_by_role("heading", name="Apa yang terjadi?")).to_be_visible()
        is_fine(page, screen)
        page.get_by_label("Tulis di sini").fill("Saya takut pulang.")
        page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(page.get_by_role("heading", name="Periksa, lalu kirim")).to_be_visible()
        is_fine(page, screen)
        page.get_by_role("button", name="Kirim", exact=True).click()
        digits = receipt_on(page)
        is_fine(page, screen)
        expect(page.get_by_text("LAPOR!")).to_have_count(0)
        page.goto("/resi/")
        is_fine(page, screen)
        page.get_by_label("16 angka Anda, atau empat kata Anda").fill(digits)
        page.get_by_role("button", name="Tampilkan").click()
        expect(page.get_by_role("heading", name="Sudah sampai dengan aman")).to_be_visible()
        is_fine(page, screen)
        page.get_by_label("Tulis kepada pendamping").fill("Apakah ada kabar?")
        page.get_by_role("button", name="Kirim", exact=True).click()
        expect(page.get_by_text("Apakah ada kabar?")).to_be_visible()
        assert digits.replace(" ", "") not in page.url
    complaint = Complaint.objects.get()
    assert complaint.handler == village.lentera
    assert [row.person for row in complaint.exclusions.all()] == [village.ani.person]


def test_in_english_nothing_is_left_in_indonesian(chromium: Browser, site: str, village: Cast) -> None:
    with opened(chromium, site, ENGLISH) as page:
        page.goto("/adu/")
        page.get_by_role("button", name="Begin").click()
        for title in ("Who is this about?", "How may we reach you?", "Where, and what is it about?", "What happened?"):
            expect(page.get_by_role("heading", name=title)).to_be_visible()
            is_fine(page)
            page.get_by_role("button", name="Next", exact=True).click()
        page.get_by_role("button", name="Send").click()
        receipt_on(page)
        is_fine(page)


def test_leaving_quickly_replaces_the_page_and_forgets(chromium: Browser, site: str, village: Cast) -> None:
    with opened(chromium, site, PHONE) as page:
        answer_calm(page)
        page.goto("/adu/")
        page.get_by_role("button", name="Mulai").click()
        page.goto("/adu/4/")
        page.get_by_label("Tulis di sini").fill("Rahasia sekali")
        page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(page.get_by_role("heading", name="Periksa, lalu kirim")).to_be_visible()
        page.get_by_role("button", name="Keluar cepat").click()
        page.wait_for_url(CALM)
        comes(page, lambda: not ComplaintDraft.objects.exists())  # sent while the page was left, taken in its own time
        page.go_back()
        expect(page.locator("body")).not_to_contain_text("Rahasia sekali")
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_leaving_quickly_works_without_scripts(chromium: Browser, site: str, village: Cast) -> None:
    with opened(chromium, site, PLAIN) as page:
        answer_calm(page)
        page.goto("/adu/")
        page.get_by_role("button", name="Mulai").click()
        expect(page.get_by_role("heading", name="Ini tentang siapa?")).to_be_visible()
        page.get_by_role("button", name="Keluar cepat").click()
        expect(page.get_by_text("Cerah berawan")).to_be_visible()
        assert page.url == CALM
    assert not ComplaintDraft.objects.exists()


def test_a_voice_is_recorded_with_its_warning_and_kept_sealed(chromium: Browser, site: str, village: Cast) -> None:
    with opened(chromium, site, PHONE) as page:
        page.context.grant_permissions(["microphone"], origin=site)
        page.goto("/adu/")
        page.get_by_role("button", name="Mulai").click()
        page.goto("/adu/4/")
        expect(page.get_by_text("Suara bisa dikenali.")).to_be_visible()
        page.get_by_role("button", name="Rekam suara").click()
        page.wait_for_timeout(1500)
        page.get_by_role("button", name="Berhenti").click()
        expect(page.get_by_text("Rekaman siap.")).to_be_visible()
        is_fine(page)
        page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(page.get_by_role("heading", name="Periksa, lalu kirim")).to_be_visible()
        expect(page.get_by_text("Rekaman 1")).to_be_visible()
        page.get_by_role("button", name="Kirim", exact=True).click()
        receipt_on(page)
    kept = files_of(Complaint.objects.get().pk)
    assert [version.media for document, _name in kept for version in document.versions.all()] == ["audio/webm"]


def test_listening_is_offered_where_the_device_speaks(chromium: Browser, site: str, village: Cast) -> None:
    with opened(chromium, site, PHONE) as page:
        page.add_init_script(
            """const spoken = window.spoken = [];
            speechSynthesis.getVoices = () => [{lang: "id-ID"}];
            speechSynthesis.speak = (said) => spoken.push([said.lang, said.text]);"""
        )
        page.goto("/adu/")
        page.get_by_role("button", name="Mulai").click()
        page.get_by_role("button", name="Dengarkan pertanyaan ini").first.click()
        page.wait_for_function("window.spoken.length > 0")
        language, text = page.evaluate("window.spoken[0]")
        assert language == "id-ID"
        assert text.startswith("Anda melapor untuk siapa?")
        assert "Orang lain" in text


def test_where_the_device_is_mute_there_is_no_button(chromium: Browser, site: str, village: Cast) -> None:
    with opened(chromium, site, PHONE) as page:
        page.add_init_script("speechSynthesis.getVoices = () => [];")
        page.goto("/adu/")
        expect(page.get_by_role("button", name="Dengarkan pertanyaan ini")).to_have_count(0)


def test_the_outcome_is_three_faces(chromium: Browser, site: str, village: Cast) -> None:
    complaint, digits, _secret = complain_with_receipt(VIOLENCE)
    decide_complaint(village.budi.actor, complaint, id=uuid7(), verdict="upheld", words="Kami temani.", now=NOW)
    with opened(chromium, site, PHONE) as page:
        page.goto("/resi/")
        page.get_by_label("16 angka Anda").fill(digits)
        page.get_by_role("button", name="Tampilkan").click()
        expect(page.get_by_text("Kami temani.")).to_be_visible()
        is_fine(page)
        page.get_by_label("Ya", exact=True).check()
        page.get_by_label("Senang").check()
        page.get_by_role("button", name="Kirim", exact=True).first.click()
        expect(page.get_by_text("Terima kasih. Ini membantu")).to_be_visible()
