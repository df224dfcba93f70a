"""A door and a meeting without a signal: everything kept sealed on the phone, delivered once, with its proof."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.accounts.models import Device
from simpul.accounts.services import revoke_device
from simpul.activities.models import Attendance, Event, MeetingNote, Participant
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.attendance import check_in, undo_check_in, walk_in
from simpul.kernel.actor import System
from simpul.offline.models import Delivery
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, opened
from tests.browser.test_unsent import EMPTY, LOST, stored, trusts, unlock
from tests.cast import Cast
from tests.factories.activities import enrol, make_event, session_of, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADING = "Di pintu masuk, juga tanpa sinyal"
NAME, STRANGER, SAID = "Inaq Contoh Lestari", "Amaq Contoh Bebas", "Air bersih dianggarkan"
RECEIPT = new_receipt()
SYSTEM = System("tests")


def address(event: Event) -> str:
    return f"/hadir/sesi/{session_of(event).pk}/tanpa-sinyal/"


def is_ready(page: Page) -> None:
    expect(page.get_by_text("Ponsel ini siap")).to_be_visible()


def words_of(page: Page) -> str:
    return page.locator("[data-words]").text_content() or ""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def scan(page: Page, code: str) -> None:
    page.get_by_label("Kode peserta").fill(code)
    page.locator("[data-code]").get_by_role("button").click()


def note_stranger(page: Page, name: str = STRANGER) -> None:
    form = page.locator("[data-stranger]")
    if not form.is_visible():
        page.get_by_text("Yang belum mendaftar", exact=True).click()
    form.locator("[name=name]").fill(name)
    form.locator("[name=sex][value=L]").check()
    form.get_by_role("button").click()


def write(page: Page, text: str = SAID) -> None:
    form = page.locator("[data-note]")
    if not form.is_visible():
        page.get_by_text("Catatan rapat", exact=True).click()
    form.locator("[name=text]").fill(text)
    press(page, "Simpan catatan")


def records(page: Page, state: str) -> None:
    """How the one record stands."""
    expect(page.locator("[data-records] [data-state]")).to_have_text([state])


def opens_with_words(page: Page, words: str) -> None:
    page.get_by_label("Empat kata itu").fill(words)
    press(page, "Buka")
    expect(page.locator("[data-open]")).to_be_visible()


@pytest.fixture
def event(cast: Cast) -> Event:
    found = make_event(cast.forum, starts_at=timezone.now() - timedelta(hours=1))
    enrol(found, somebody(NAME), receipt=RECEIPT)
    return found


@pytest.fixture
def phone(chromium: Browser, site: str, cast: Cast, event: Event) -> Iterator[Page]:
    """Eko's, made ready where there is a signal."""
    with opened(chromium, site, PHONE, LOST) as page:
        trusts(page, site, cast.eko)
        page.goto(address(event), timeout=60_000)  # the first page of a server that has just begun
        unlock(page, HEADING)
        is_ready(page)
        yield page


def test_a_door_without_a_signal_from_the_first_code_to_the_proof(phone: Page, event: Event) -> None:
    words = words_of(phone)
    assert len(words.split()) == 4
    assert violations(phone) == []
    phone.context.set_offline(True)
    scan(phone, pass_of(RECEIPT))
    expect(phone.get_by_text(f"{NAME} hadir.")).to_be_visible()
    scan(phone, pass_of(RECEIPT).lower().replace("-", " "))
    expect(phone.get_by_text(f"{NAME} sudah tercatat. Sekali saja cukup.")).to_be_visible()
    note_stranger(phone)
    expect(phone.get_by_text(f"{STRANGER} hadir.")).to_be_visible()
    write(phone)
    expect(phone.get_by_text("Belum terkirim: 3")).to_be_visible()
    assert violations(phone) == []
    assert fits(phone)

    on_phone = stored(phone)
    assert "simpul-antrean" in phone.evaluate("indexedDB.databases().then((all) => JSON.stringify(all))")
    kept = on_phone.split("/hadir/tanpa-sinyal/")[0]
    for secret in (NAME, STRANGER, SAID, words, pass_of(RECEIPT), pass_of(RECEIPT).replace("-", ""), str(event.title)):
        assert secret not in on_phone
    assert str(session_of(event).pk) in kept

    phone.goto(address(event))  # closed and opened again, still without a signal
    arrived(phone, HEADING)
    expect(phone.locator("[data-records] li")).to_have_count(3)
    assert NAME not in phone.content()
    assert violations(phone) == []
    phone.get_by_label("Empat kata itu").fill("bukan kata yang benar")
    press(phone, "Buka")
    expect(phone.get_by_text("Bukan itu katanya.")).to_be_visible()
    opens_with_words(phone, words.upper())
    expect(phone.get_by_text(STRANGER)).to_be_visible()
    assert not Attendance.objects.exists()

    phone.context.set_offline(False)
    expect(phone.get_by_text("Semua sudah terkirim.")).to_be_visible()
    expect(phone.locator("[data-records] [data-state]")).to_have_text(["terkirim"] * 3)
    receipts = set(Delivery.objects.values_list("receipt", flat=True))
    assert set(phone.locator("[data-receipt]").all_text_contents()) == receipts
    assert violations(phone) == []
    assert fits(phone)
    assert (Attendance.objects.count(), MeetingNote.objects.count(), len(receipts)) == (2, 1, 3)
    phone.goto(address(event))
    is_ready(phone)
    expect(phone.locator("[data-receipt]").first).not_to_be_empty()
    assert Attendance.objects.count() == 2
    assert NAME not in stored(phone)


def test_a_name_is_found_on_the_list_without_a_signal(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.get_by_label("Nama di daftar").fill("lestari contoh")
    phone.locator("[data-results]").get_by_role("button").click()
    expect(phone.get_by_text(f"{NAME} hadir.")).to_be_visible()
    expect(phone.locator("[data-results]").get_by_role("button")).to_have_count(0)
    phone.get_by_label("Nama di daftar").fill("siapa itu")
    expect(phone.get_by_text("Tidak ada nama itu.")).to_be_visible()


def test_its_twin_was_online_and_a_person_decides_what_only_a_person_can(phone: Page, event: Event) -> None:
    """Meanwhile the arrival was noted and taken back, and the stranger was noted too."""
    session = session_of(event)
    phone.context.set_offline(True)
    scan(phone, pass_of(RECEIPT))
    expect(phone.get_by_text(f"{NAME} hadir.")).to_be_visible()
    note_stranger(phone)
    expect(phone.get_by_text("Belum terkirim: 2")).to_be_visible()
    person = Participant.objects.get()
    done = check_in(SYSTEM, session, participant=person, now=timezone.now())
    undo_check_in(SYSTEM, done.attendance, reason="Salah orang", now=timezone.now() + timedelta(minutes=1))
    walk_in(SYSTEM, session, details=somebody(STRANGER, organisation_name="Kelompok Kembar"), now=timezone.now())
    phone.context.set_offline(False)
    states = phone.locator("[data-records] [data-state]")
    expect(states).to_have_text(["perlu keputusan Anda"] * 2)
    expect(phone.get_by_text("Salah orang")).to_be_visible()
    expect(phone.get_by_text("Kelompok Kembar")).to_be_visible()
    assert violations(phone) == []
    assert fits(phone)
    press(phone, "Orang yang sama")
    expect(phone.get_by_text("sudah tercatat", exact=True)).to_be_visible()
    press(phone, "Pakai punya saya")
    expect(phone.get_by_text("Semua sudah terkirim.")).to_be_visible()
    assert Participant.objects.count() == 2
    assert Attendance.objects.filter(undone_at=None).count() == 2


def test_a_note_is_corrected_on_the_phone(phone: Page) -> None:
    phone.context.set_offline(True)
    write(phone)
    press(phone, "Betulkan")
    expect(phone.locator("[data-note] [name=text]")).to_have_value(SAID)
    write(phone, f"{SAID} penuh")
    records(phone, "belum terkirim")
    phone.context.set_offline(False)
    records(phone, "terkirim")
    press(phone, "Betulkan")
    write(phone, "Ditunda")
    expect(phone.locator("[data-records] [data-state]")).to_have_text(["terkirim"] * 2)
    assert MeetingNote.objects.get().text.open() == "Ditunda"


def test_signing_out_warns_and_leaves_nothing(phone: Page) -> None:
    phone.context.set_offline(True)
    scan(phone, "2222222222")
    expect(phone.get_by_text("Kode ini tidak ada di daftar ponsel ini.")).to_be_visible()
    phone.context.set_offline(False)
    records(phone, "ditolak")
    phone.goto("/keluar/")
    expect(phone.get_by_text("Yang dicatat di pintu masuk dengan ponsel ini belum terkirim.")).to_be_visible()
    assert violations(phone) == []
    press(phone, "Keluar")
    arrived(phone, "Anda sudah keluar")
    for left in ("navigator.serviceWorker.getRegistrations()", "caches.keys()", "indexedDB.databases()"):
        assert phone.evaluate(EMPTY, left), left


def test_the_queue_is_saved_to_a_file_and_read_by_a_browser_that_was_emptied(
    chromium: Browser, site: str, cast: Cast, phone: Page, event: Event, tmp_path: Path
) -> None:
    phone.context.set_offline(True)
    note_stranger(phone)
    records(phone, "belum terkirim")
    with phone.expect_download() as download:
        press(phone, "Simpan ke berkas")
    file = tmp_path / "antrean.json"
    download.value.save_as(file)
    assert not [secret for secret in (STRANGER, NAME) if secret in file.read_text()]
    phone.context.close()  # and with it all that the browser kept

    with opened(chromium, site, PHONE, LOST) as page:
        trusts(page, site, cast.eko)
        page.goto(address(event))
        unlock(page, HEADING)
        is_ready(page)
        page.get_by_text("Baca berkas simpanan").click()
        page.get_by_label("Berkasnya").set_input_files(tmp_path / "antrean.json")
        expect(page.get_by_text("Terbaca dari berkas: 1.")).to_be_visible()
        records(page, "terkirim")
        assert violations(page) == []
        page.get_by_label("Berkasnya").set_input_files(file)
        expect(page.get_by_text("sudah ada di sini: 1")).to_be_visible()
        bad = {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps({"rows": [1]}).encode()}
        page.get_by_label("Berkasnya").set_input_files(bad)  # type: ignore[arg-type]
        expect(page.get_by_text("Ini bukan berkas antrean.")).to_be_visible()
    assert Participant.objects.count() == 2


def test_the_worker_keeps_no_confidential_address(phone: Page, event: Event) -> None:
    """Asked for from its own page with a signal, none is kept; without one, none opens."""
    confidential = [
        "/kasus/", "/pengaduan/", "/pemberitahuan/", "/orang/", "/rujukan/", "/hadir/", f"/hadir/{event.pk}/",
        f"/hadir/sesi/{session_of(event).pk}/", f"/hadir/sesi/{session_of(event).pk}/lembar/",
        f"/hadir/sesi/{session_of(event).pk}/catatan/", f"/kelola/kegiatan/{event.pk}/peserta/",
        f"/hadir/sesi/{session_of(event).pk}/daftar-hadir.pdf",
    ]  # fmt: skip
    phone.reload()  # now the worker has the page
    is_ready(phone)
    assert phone.evaluate("Boolean(navigator.serviceWorker.controller)")
    phone.evaluate("(all) => Promise.all(all.map((one) => fetch(one)))", confidential)
    kept = phone.evaluate(
        """async () => {
          const cache = await caches.open("simpul-pintu");
          return (await cache.keys()).map((one) => new URL(one.url).pathname);
        }"""
    )
    assert sorted(one for one in kept if not one.startswith("/static/")) == ["/hadir/tanpa-sinyal/"]
    phone.context.set_offline(True)
    opened_anyway = phone.evaluate(
        "(all) => Promise.all(all.map((one) => fetch(one).then(() => one, () => '')))", confidential
    )
    assert [one for one in opened_anyway if one] == []


def test_a_full_phone_says_so_and_loses_nothing(phone: Page, event: Event) -> None:
    phone.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (row) {
          if (this.name === "rows") throw new DOMException("full", "QuotaExceededError");
          return put.call(this, row);
        };"""
    )
    phone.goto(address(event))
    is_ready(phone)
    phone.context.set_offline(True)
    note_stranger(phone)
    expect(phone.get_by_text("Ponsel ini sudah penuh")).to_be_visible()
    expect(phone.locator("[data-stranger] [name=name]")).to_have_value(STRANGER)
    assert violations(phone) == []


def test_what_is_written_outlives_the_session_and_its_phone_s_trust_ends_it(
    cast: Cast, phone: Page, event: Event
) -> None:
    phone.context.set_offline(True)
    note_stranger(phone)
    records(phone, "belum terkirim")
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    phone.context.set_offline(False)
    records(phone, "terkirim")
    phone.context.set_offline(True)
    note_stranger(phone, "Orang Kedua")
    expect(phone.get_by_text("Belum terkirim: 1")).to_be_visible()
    revoke_device(cast.eko.actor, Device.objects.get(), now=timezone.now())
    phone.context.set_offline(False)
    expect(phone.get_by_text("ponsel ini tidak lagi dipercaya", exact=True)).to_be_visible()
    assert Participant.objects.count() == 2


def test_a_neighbour_on_the_same_phone_reads_nothing(site: str, cast: Cast, phone: Page, event: Event) -> None:
    phone.context.set_offline(True)
    note_stranger(phone)
    records(phone, "belum terkirim")
    phone.goto(address(event))
    expect(phone.locator("[data-records] [data-what]")).to_have_text(["Tersegel: buka halaman ini untuk melihatnya"])
    phone.context.set_offline(False)
    phone.context.clear_cookies()
    phone.goto("/keluar/")
    assert STRANGER not in stored(phone)
