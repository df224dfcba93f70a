"""Without any script, from a complaint on a phone to help that arrived: each step is a page and a button."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.cases.models import Case, Complaint, Referral
from simpul.cases.referral_life import ReferralStage
from simpul.cases.stages import Stage
from simpul.organisations.models import ServicePoint
from tests.browser.conftest import PLAIN, opened
from tests.browser.test_desk import sits_down
from tests.cast import Cast
from tests.factories.cases import victim_of
from tests.factories.complaints import VILLAGE, works_in
from tests.factories.referrals import make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def check(page: Page, name: str, *values: str) -> None:
    for value in values:
        page.locator(f'[name="{name}"][value="{value}"]').check()


def comes(page: Page, heading: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_from_a_complaint_to_help_that_arrived(chromium: Browser, site: str, cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    office = make_office(cast)
    with opened(chromium, site, PLAIN) as page, opened(chromium, site, PLAIN) as desk:
        receipt = tells(page)
        sits_down(desk, site, cast.budi)
        becomes_a_case(desk)
        case = Case.objects.get()
        sorts_and_asks(desk, case, office)
        address, pin = refers(desk, case, office)
        answers(page, address, pin, case)
        finishes(desk, case)
        page.goto("/resi/")
        page.get_by_label("16 angka Anda, atau empat kata Anda").fill(receipt)
        press(page, "Tampilkan")
        expect(page.get_by_text("Ani menemani Anda besok.")).to_be_visible()
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED
    assert Referral.objects.get().stage == ReferralStage.DONE


def tells(page: Page) -> str:
    """The four steps; what the receipt says."""
    page.goto("/adu/")
    press(page, "Mulai")
    check(page, "reported_by", "self")
    press(page, "Lanjut")
    comes(page, "Bagaimana kami boleh menghubungi Anda?")
    press(page, "Lanjut")
    comes(page, "Di mana, dan soal apa?")
    page.locator("#id_area").fill("Masbagik Utara Baru")
    check(page, "matter", "AD")
    press(page, "Lanjut")
    comes(page, "Apa yang terjadi?")
    page.get_by_label("Tulis di sini").fill("KTP belum jadi.")
    press(page, "Lanjut")
    comes(page, "Periksa, lalu kirim")
    press(page, "Kirim")
    shown = page.locator(".digits").first
    expect(shown).to_have_text(re.compile(r"^(\d{4} ){3}\d{4}$"))
    return shown.inner_text()


def becomes_a_case(desk: Page) -> None:
    desk.goto("/pengaduan/")
    desk.locator("main .tasks a").click()
    expect(desk.get_by_text("KTP belum jadi.")).to_be_visible()
    desk.get_by_role("link", name="Dampingi: buka kasus").click()
    comes(desk, "Menjadi kasus")
    check(desk, "types", "AD.1")
    desk.locator("#id_area").fill(Complaint.objects.get().area.title)
    desk.get_by_label("Yang dibaca pelapor").fill("Ani menemani Anda besok.")
    press(desk, "Buka kasus")
    expect(desk.get_by_text("Sudah menjadi kasus. Pelapor membaca kata-kata Anda.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Yang harus terjadi berikutnya")).to_be_visible()


def sorts_and_asks(desk: Page, case: Case, office: ServicePoint) -> None:
    """Sorted, named, asked; a service is noted."""
    desk.get_by_role("link", name="Pilah: seberapa mendesak, siapa berwenang").click()
    check(desk, "risk", "RK.R")
    check(desk, "authority", "village")
    press(desk, "Simpan")
    comes(desk, case.code)
    desk.goto(reverse("cases:consent", args=[victim_of(case).pk]))
    check(desk, "capacity", "self")
    check(desk, "purposes", "record", f"refer:{office.pk}")
    check(desk, "manner", "spoken")
    desk.get_by_label("Siapa saksinya?").fill("Inaq Saksi")
    desk.get_by_label("Berlaku sampai kapan?").fill((timezone.localdate() + timedelta(days=90)).isoformat())
    press(desk, "Simpan")
    comes(desk, "Orang")
    desk.goto(reverse("cases:service", args=[case.pk]))
    desk.get_by_label("Layanan apa yang diberikan?").select_option("SV.17")
    desk.get_by_label("Hari apa?").fill(timezone.localdate().isoformat())
    desk.locator('[name="result"]').first.check()
    press(desk, "Simpan")
    comes(desk, case.code)


def refers(desk: Page, case: Case, office: ServicePoint) -> tuple[str, str]:
    """The link and the PIN that the office is told."""
    desk.get_by_role("link", name="Rujuk", exact=True).click()
    comes(desk, "Ke mana Anda merujuk?")
    desk.get_by_label("Lembaga yang mana?").select_option(str(office.pk))
    desk.get_by_label("Apa yang Anda minta dari lembaga itu?").fill("Mohon dibantu mengurus KTP.")
    for field in ("name", "age", "phone"):
        desk.locator(f'[name="shared"][value="{field}"]').uncheck()
    press(desk, "Lanjut ke pengiriman")
    check(desk, "basis", "consent")
    press(desk, "Kirim")
    expect(desk.get_by_text("Sudah dikirim.")).to_be_visible()
    press(desk, "Buat tautan")
    message, pin = desk.locator(".code").first, desk.locator(".code").nth(1)
    expect(pin).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    return message.inner_text(), pin.inner_text()


def answers(page: Page, address: str, pin: str, case: Case) -> None:
    """The office, on a phone of its own, without an account."""
    page.goto("/surat/buka/" + address.partition("/surat/buka/")[2].strip())
    page.get_by_label("PIN").fill(pin)
    press(page, "Buka surat rujukan")
    comes(page, re.compile(case.owner_organisation.name))
    for act, words in (("accept", ""), ("feed_back", "KTP sudah jadi.")):
        check(page, "act", act)
        page.locator("#id_words").fill(words)
        press(page, "Kirim jawaban")
        expect(page.locator(f'[name="act"][value="{act}"]:checked')).to_have_count(0)


def finishes(desk: Page, case: Case) -> None:
    desk.goto(f"/rujukan/?kasus={case.pk}")
    desk.locator("main .tasks a").first.click()
    expect(desk.get_by_text("KTP sudah jadi.")).to_be_visible()
    press(desk, "Ya, selesaikan")
    expect(desk.get_by_text("Selesai. Lembaga tidak melihat apa pun lagi.")).to_be_visible()
    desk.goto(reverse("cases:close", args=[case.pk]))
    check(desk, "outcome", "document_issued")
    press(desk, "Simpan")
    expect(desk.get_by_text("Kasus ditutup. Bisa dibuka lagi.")).to_be_visible()
