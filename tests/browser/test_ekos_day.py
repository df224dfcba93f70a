"""Eko's day: a training is planned and announced, somebody registers from her phone, the hall has no signal, and
afterwards it is written down who came, what was said, what is to be done and who earned a certificate.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.activities.models import ActionPoint, Attendance, Certificate, Event, MeetingNote, Session
from simpul.activities.states import EventState
from simpul.kernel.time import local_date
from simpul.web import numbered
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
from tests.factories.activities import came, somebody
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


def registers(page: Page, event: Event) -> tuple[str, str]:
    """On a phone, without an account; the code for the door, and the number she keeps."""
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
    return page.locator(".ticket code").inner_text(), page.locator("[name=receipt]").first.input_value()


def opens_again(page: Page, receipt: str) -> None:
    """Her registration, by the number that she kept."""
    page.goto("/pendaftaran/")
    arrived(page, "Pendaftaran saya")
    page.locator("[name=receipt]").fill(receipt)
    press(page, "Tampilkan")
    looked_at(page, "Anda mendapat kursi")


def is_over(event: Event) -> None:
    """The hours have passed, and four more came."""
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=4), "ends_at": now - timedelta(hours=1)}
    days = {name.replace("_at", "_on"): local_date(at, event.clock) for name, at in times.items()}
    Event.objects.filter(pk=event.pk).update(**times, **days)
    Session.objects.filter(event=event).update(**times)
    event.refresh_from_db()
    came(event, *(somebody() for _ in range(4)), now=now)


def asks_what_they_thought(eko: Page, phone: Page, event: Event, receipt: str) -> None:
    """She answers with a code that came with her registration; he sees how many did, and not who."""
    eko.goto(f"/kelola/kegiatan/{event.pk}/tanggapan/")
    looked_at(eko, "Tanggapan peserta")
    press(eko, "Minta mereka")
    looked_at(eko, "0 dari 6")
    opens_again(phone, receipt)
    press(phone, "Sampaikan pendapat saya")
    looked_at(phone, "Bagaimana menurut Anda?")
    phone.locator(".five .choice").last.click()
    press(phone, "Kirim jawaban saya")
    looked_at(phone, "Terima kasih")
    eko.reload()
    looked_at(eko, "1 dari 6")
    assert NAME not in eko.content()


def writes_it_down(page: Page, event: Event) -> None:
    """Minutes, an official record to sign, and what somebody is to do."""
    page.goto(f"/kelola/kegiatan/{event.pk}/notulensi/")
    arrived(page, "Notulensi dan berita acara")
    page.locator("[name=discussion]").fill("Air bersih dibahas.")
    page.locator("[name=decisions]").fill("Anggaran air bersih ditambah.")
    press(page, "Simpan notulensi")
    looked_at(page, "Notulensi dan berita acara")
    for paper in ("notulensi", "berita-acara"):
        answer = page.request.get(f"/kelola/kegiatan/{event.pk}/{paper}.pdf")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    page.goto(f"/kelola/kegiatan/{event.pk}/tindak-lanjut/")
    arrived(page, "Rencana tindak lanjut").get_by_role("link", name="Tindak lanjut baru").click()
    page.locator("[name=words]").fill("Menyusun usulan anggaran")
    page.locator("[name=owner_name]").fill("Sekretaris desa")
    page.locator("[name=due_on]").fill((timezone.now() + timedelta(days=14)).date().isoformat())
    page.locator("main form .actions button").click()
    looked_at(page, "Rencana tindak lanjut")
    expect(page.get_by_text("Menyusun usulan anggaran")).to_be_visible()


def certifies(eko: Page, phone: Page, event: Event, receipt: str) -> None:
    eko.goto(f"/kelola/kegiatan/{event.pk}/sertifikat/")
    arrived(eko, "Sertifikat").get_by_role("link", name="Tentukan siapa yang berhak").click()
    eko.locator("[name=signer]").fill("Eko Contoh")
    eko.locator("main form .actions button").click()
    looked_at(eko, "0 dari 6")
    eko.locator("form[action$='/terbitkan/']").get_by_role("button").click()
    looked_at(eko, "6 dari 6")
    opens_again(phone, receipt)
    expect(phone.get_by_text("Sertifikat Anda sudah ada")).to_be_visible()


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
    monkeypatch.setattr(numbered, "READING_TIME", 0)  # a machine types faster than anybody reads
    areas(MASBAGIK_UTARA_BARU)
    with opened(chromium, site, PHONE, LOST) as eko, opened(chromium, site, PHONE) as phone:
        trusts(eko, site, cast.eko)
        plans(eko)
        event = Event.objects.get()
        assert event.state is EventState.PUBLISHED
        code, receipt = registers(phone, event)
        receives(eko, event, code)
        assert (Attendance.objects.count(), MeetingNote.objects.count()) == (2, 1)
        eko.goto(f"/hadir/{event.pk}/")
        looked_at(eko, "2 orang hadir")
        eko.goto(address(event).replace("tanpa-sinyal", "catatan"))
        looked_at(eko, "Catatan rapat")
        expect(eko.locator(".notes").get_by_text("Anggaran air bersih ditambah.", exact=True)).to_be_visible()

        is_over(event)
        eko.goto(f"/kelola/kegiatan/{event.pk}/")
        arrived(eko, TITLE).get_by_role("link", name="Sudah terlaksana", exact=True).click()
        eko.get_by_role("main").get_by_role("button").click()
        looked_at(eko, TITLE)
        asks_what_they_thought(eko, phone, event, receipt)
        writes_it_down(eko, event)
        certifies(eko, phone, event, receipt)
    assert Event.objects.get().state is EventState.HELD
    assert ActionPoint.objects.count() == 1
    assert Certificate.objects.filter(event=event).count() == 6
