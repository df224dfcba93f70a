"""Eko's day: a training is planned and announced, somebody registers from her phone, the hall has no signal, and
afterwards it is written down who came and what was said.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.activities.models import Attendance, Event, MeetingNote
from simpul.activities.states import EventState
from simpul.web.activities.forms import registration
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, opened
from tests.browser.test_outbox import (
    HEADING,
    LOST,
    address,
    is_ready,
    note_stranger,
    press,
    scan,
    trusts,
    unlock,
    write,
)
from tests.cast import Cast
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE, NAME, STRANGER = "Pelatihan anggaran desa", "Inaq Contoh Lestari", "Amaq Contoh Bebas"


def looked_at(page: Page, heading: str) -> None:
    arrived(page, heading)
    assert violations(page) == []
    assert fits(page)


def plans(page: Page) -> None:
    """A few answers make a draft; one part after the other makes an event."""
    here = timezone.localtime() + timedelta(days=1)
    page.goto("/kelola/kegiatan/baru/", timeout=60_000)  # the first page of a server that has just begun
    unlock(page, "Kegiatan baru")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=kind]").select_option("EV.03")
    page.locator("[name=day]").fill(here.date().isoformat())
    page.locator("[name=begins]").fill("09:00")
    page.locator("[name=ends]").fill("12:00")
    page.locator("[name=mode][value=place]").check()
    press(page, "Simpan draf")
    arrived(page, TITLE)
    page.get_by_role("main").get_by_role("link", name="Di mana").first.click()
    page.locator("[name=venue]").fill("Aula desa")
    page.locator("[name=area-teks]").fill("Masbagik Utara Baru")
    press(page, "Simpan")
    arrived(page, TITLE)
    page.get_by_role("link", name="Pendaftaran dan kursi").click()
    page.locator("[name=takes_registrations]").check()
    page.locator("[name=capacity]").fill("40")
    for question in ("sex", "age_band", "organisation"):
        page.locator(f"[name=asks][value={question}]").check()
    press(page, "Simpan")
    looked_at(page, TITLE)
    page.get_by_role("link", name="Umumkan", exact=True).click()
    arrived(page, "Umumkan kegiatan ini?")
    page.get_by_role("main").get_by_role("button").click()
    arrived(page, TITLE)


def registers(page: Page, event: Event) -> str:
    """On a phone, without an account; the code for the door."""
    page.goto(f"/kegiatan/{event.pk}/")
    arrived(page, TITLE)
    page.get_by_role("link", name="Daftar", exact=True).first.click()
    arrived(page, "Daftar")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=phone]").fill("0812 3456 7890")
    page.locator("[name=sex][value=P]").check()
    page.locator("form").get_by_role("button", name="Daftar", exact=True).click()
    looked_at(page, "Anda mendapat kursi")
    expect(page.get_by_alt_text("Kode QR untuk pintu masuk")).to_be_visible()
    return page.locator(".ticket code").inner_text()


def receives(page: Page, event: Event, code: str) -> None:
    """The phone is made ready, the signal goes, people come; it is back, and all has its receipt."""
    page.goto(f"/hadir/{event.pk}/")
    arrived(page, "0 orang").get_by_role("link", name="Di pintu masuk").click()
    arrived(page, "0 orang").get_by_role("link", name="Siapkan ponsel ini").click()
    arrived(page, HEADING)
    is_ready(page)
    page.context.set_offline(True)
    scan(page, code)
    expect(page.get_by_text(f"{NAME} hadir.")).to_be_visible()
    note_stranger(page, STRANGER)
    write(page, "Anggaran air bersih ditambah.")
    expect(page.get_by_text("Belum terkirim: 3")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Semua sudah terkirim.")).to_be_visible()
    expect(page.locator("[data-receipt]")).to_have_count(3)


def test_a_training_from_the_plan_to_what_was_said(
    chromium: Browser, site: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "READING_TIME", 0)  # a machine types faster than anybody reads
    areas(MASBAGIK_UTARA_BARU)
    with opened(chromium, site, PHONE, LOST) as eko:
        trusts(eko, site, cast.eko)
        plans(eko)
        event = Event.objects.get()
        assert event.state is EventState.PUBLISHED
        with opened(chromium, site, PHONE) as phone:
            code = registers(phone, event)
        receives(eko, event, code)
        assert (Attendance.objects.count(), MeetingNote.objects.count()) == (2, 1)
        eko.goto(f"/hadir/{event.pk}/")
        looked_at(eko, "2 orang hadir")
        eko.goto(address(event).replace("tanpa-sinyal", "catatan"))
        looked_at(eko, "Catatan rapat")
        expect(eko.get_by_text("Anggaran air bersih ditambah.")).to_be_visible()
