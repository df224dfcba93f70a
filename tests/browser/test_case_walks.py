"""The desk walked by those it is for: Ani, an office without an account, somebody anonymous, Kartika, and Hasan."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.cases.models import Case, Complaint, Opening, Referral
from simpul.cases.referral_life import ReferralStage
from simpul.kernel.ids import uuid7
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Screen, opened
from tests.browser.test_desk import sits_down
from tests.browser.test_unsent import LOST, PAGE, fill, is_ready, keep, trusts, unlock
from tests.cast import Cast
from tests.factories.cases import make_case, victim_of, village
from tests.factories.complaints import VILLAGE, VIOLENCE, complain, works_in
from tests.factories.referrals import NAME, STORY, make_office, make_referral
from tests.factories.transfers import make_coordinator, make_offer
from tests.matrix import every_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENGLISH = replace(PHONE, language="en", dark=True)
ROOMS = (
    "cases", "referral", "transfer", "inbox", "tickets", "rights", "care", "closing", "register", "supervision",
    "deskrules", "owncounts",
)  # fmt: skip
SLOW = 60_000  # the first page of a server that has just begun


def is_fine(page: Page) -> None:
    """And nothing carries it away: no room of cases has the bar."""
    assert violations(page) == []
    assert fits(page)
    expect(page.locator(".share, [data-print]")).to_have_count(0)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_anis_day_with_the_signal_cut(chromium: Browser, site: str, cast: Cast) -> None:
    """Written in the hamlet, sent on the way back; then consent, a need, and the office that meets it."""
    village()
    office = make_office(cast)
    with opened(chromium, site, PHONE, LOST) as page:
        trusts(page, site, cast.ani)
        page.goto(PAGE, timeout=SLOW)
        unlock(page)
        is_ready(page)
        is_fine(page)
        page.context.set_offline(True)
        page.goto(PAGE)
        fill(page)
        keep(page)
        expect(page.get_by_text("belum terkirim", exact=True)).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_text("Terkirim. Kasusnya kini ada di meja.")).to_be_visible()

        case = Case.objects.get()
        page.goto("/kasus/")
        is_fine(arrived(page, "Meja kerja"))
        page.get_by_role("link", name=case.code).click()
        is_fine(arrived(page, case.code))
        page.get_by_role("link", name="Apa yang dibutuhkan?").click()
        arrived(page, "Apa yang dibutuhkan?")
        page.get_by_label("Layanan apa yang dibutuhkan?").select_option("SV.17")
        page.locator('[name="time_frame"]').first.check()
        is_fine(page)
        press(page, "Simpan")
        arrived(page, case.code)

        page.goto(reverse("cases:consent", args=[victim_of(case).pk]))
        page.locator('[name="capacity"][value="self"]').check()
        for box in ("record", f"refer:{office.pk}"):
            page.locator(f'[name="purposes"][value="{box}"]').check()
        page.locator('[name="manner"][value="spoken"]').check()
        page.get_by_label("Siapa saksinya?").fill("Inaq Saksi")
        page.get_by_label("Berlaku sampai kapan?").fill((timezone.localdate() + timedelta(days=90)).isoformat())
        is_fine(page)
        press(page, "Simpan")
        is_fine(arrived(page, "Orang"))

        page.goto(reverse("cases:case", args=[case.pk]))
        page.get_by_role("link", name="Rujuk", exact=True).click()
        arrived(page, "Ke mana Anda merujuk?")
        page.get_by_label("Lembaga yang mana?").select_option(str(office.pk))
        page.get_by_label("Apa yang Anda minta dari lembaga itu?").fill("Mohon dibantu mengurus KTP.")
        for field in ("age", "phone"):
            page.locator(f'[name="shared"][value="{field}"]').uncheck()
        is_fine(page)
        press(page, "Lanjut ke pengiriman")
        arrived(page, office.name)
        page.locator('[name="basis"][value="consent"]').check()
        press(page, "Kirim")
        expect(page.get_by_text("Sudah dikirim.")).to_be_visible()
        is_fine(page)
        page.goto(reverse("cases:case", args=[case.pk]))
        expect(page.locator("#rujukan").get_by_text(office.name)).to_be_visible()
        is_fine(page)
    assert Referral.objects.get().stage == ReferralStage.SENT


@pytest.mark.parametrize("screen", [PHONE, ENGLISH], ids=["id", "en"])
def test_citra_answers_by_link_without_an_account(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    """A preview learns nothing, the PIN opens it, the first device keeps it; then accepted, progress, feedback."""
    referral, english = make_referral(cast), screen.language == "en"
    told = cast.budi.client().post(reverse("referral:issue", args=[referral.pk])).content.decode()
    address, pin = re.search(r"/surat/buka/[^<\s\"]+", told), re.search(r"class=\"code\">(\d{3} \d{3})<", told)
    assert address
    assert pin
    open_it = "Open the letter of referral" if english else "Buka surat rujukan"
    send = "Send the answer" if english else "Kirim jawaban"
    with opened(chromium, site, screen) as page:
        page.goto(address[0], timeout=SLOW)
        expect(page.get_by_role("button", name=open_it)).to_be_visible()
        body = page.content()
        assert not [secret for secret in (NAME, STORY, "Lentera", referral.code) if secret in body]
        assert violations(page) == []
        assert fits(page)
        page.get_by_label("PIN").fill(pin[1])
        press(page, open_it)
        expect(arrived(page, "Lentera").get_by_text(NAME)).to_be_visible()
        expect(page.get_by_text(STORY)).to_have_count(0)
        is_fine(page)
        for act, words, stage in (
            ("acknowledge", "", ReferralStage.ACKNOWLEDGED),
            ("accept", "Kami jemput.", ReferralStage.ACCEPTED),
            ("progress", "Sudah visum.", ReferralStage.ACCEPTED),
            ("feed_back", "Sudah di rumah aman.", ReferralStage.FED_BACK),
        ):
            page.locator(f'[name="act"][value="{act}"]').check()
            page.locator("#id_words").fill(words)
            press(page, send)
            page.wait_for_load_state()
            expect(page.locator(f'[name="act"][value="{act}"]:checked')).to_have_count(0)
            referral.refresh_from_db()
            assert referral.stage == stage
            is_fine(page)
    with opened(chromium, site, screen, ["422"]) as second:
        second.goto(address[0])
        second.get_by_label("PIN").fill(pin[1])
        press(second, open_it)
        expect(second.get_by_role("alert")).to_be_visible()
        assert NAME not in second.content()
        assert violations(second) == []


def test_somebody_anonymous_and_the_coordinator_write_to_each_other(chromium: Browser, site: str, cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    with opened(chromium, site, PHONE) as page, opened(chromium, site, PHONE) as desk:
        page.context.grant_permissions(["microphone"], origin=site)
        page.goto("/adu/", timeout=SLOW)
        press(page, "Mulai")
        page.get_by_label("Saya tidak mau menyebut siapa saya").check()
        press(page, "Lanjut")
        arrived(page, "Bagaimana kami boleh menghubungi Anda?")
        press(page, "Lanjut")
        arrived(page, "Di mana, dan soal apa?")
        page.locator("#id_area").fill("Masbagik Utara Baru")
        page.get_by_label("Seseorang disakiti").check()
        press(page, "Lanjut")
        arrived(page, "Apa yang terjadi?")
        press(page, "Rekam suara")
        page.wait_for_timeout(1200)
        press(page, "Berhenti")
        expect(page.get_by_text("Rekaman siap.")).to_be_visible()
        press(page, "Lanjut")
        arrived(page, "Periksa, lalu kirim")
        press(page, "Kirim")
        press(page, "Beri saya empat kata juga")
        words = page.locator(".digits.words").inner_text()
        assert len(words.split()) == 4
        assert violations(page) == []

        sits_down(desk, site, cast.budi)
        desk.goto("/pengaduan/")
        is_fine(arrived(desk, "Yang menunggu"))
        complaint = Complaint.objects.get()
        desk.goto(reverse("inbox:complaint", args=[complaint.pk]))
        expect(desk.get_by_role("link", name="Rekaman 1")).to_be_visible()
        is_fine(desk)
        desk.get_by_label("Tulis kepada pelapor").fill("Apakah Anda aman malam ini?")
        press(desk, "Kirim")

        page.goto("/resi/")
        page.get_by_label("16 angka Anda, atau empat kata Anda").fill(words)
        press(page, "Tampilkan")
        expect(page.get_by_text("Apakah Anda aman malam ini?")).to_be_visible()
        assert violations(page) == []
        assert fits(page)
        page.get_by_label("Tulis kepada pendamping").fill("Ya, di rumah bibi.")
        page.locator('button[name="langkah"][value="tulis"]').click()
        expect(page.get_by_text("Ya, di rumah bibi.")).to_be_visible()
        assert not [word for word in words.split() if word in page.url]

        desk.reload()
        expect(desk.get_by_text("Ya, di rumah bibi.")).to_be_visible()
        desk.get_by_text("Putuskan").click()
        desk.locator('[name="verdict"][value="upheld"]').check()
        desk.get_by_label("Yang dibaca pelapor").fill("Kami temani Anda.")
        press(desk, "Catat keputusan")
        expect(desk.get_by_text("Kami temani Anda.")).to_be_visible()
        page.goto("/resi/")
        page.get_by_label("16 angka Anda, atau empat kata Anda").fill(words)
        press(page, "Tampilkan")
        expect(page.get_by_text("Kami temani Anda.")).to_be_visible()
        assert violations(page) == []


def test_kartika_sees_a_case_from_when_it_is_brought_until_it_is_settled(
    chromium: Browser, site: str, cast: Cast
) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"], now=timezone.now(), victim={"name": NAME})
    path = reverse("cases:case", args=[case.pk])
    with (
        opened(chromium, site, PHONE) as ani,
        opened(chromium, site, ENGLISH, ["404"]) as kartika,
    ):
        sits_down(ani, site, cast.ani)
        sits_down(kartika, site, cast.kartika)
        kartika.goto("/kasus/", timeout=SLOW)
        expect(arrived(kartika, "Desk").get_by_text(case.code)).to_have_count(0)
        is_fine(kartika)
        kartika.goto(path)
        arrived(kartika, "There is nothing here")

        ani.goto(path)
        ani.locator(f'a[href="{reverse("cases:seen", args=[case.pk])}"]').click()
        arrived(ani, "Siapa yang melihat kasus ini")
        ani.get_by_role("link", name="Bawa ke penyelia").click()
        arrived(ani, "Bawa ke penyelia")
        ani.get_by_label("Mengapa?").fill("Kepala dusun menekan keluarganya.")
        is_fine(ani)
        press(ani, "Simpan")
        is_fine(arrived(ani, "Siapa yang melihat kasus ini"))

        kartika.goto("/kasus/")
        kartika.get_by_role("link", name=case.code).click()
        is_fine(arrived(kartika, case.code))
        assert NAME not in kartika.content()
        kartika.get_by_role("link", name="Why it was brought").click()
        expect(arrived(kartika, "Brought to the supervisor").get_by_text("Kepala dusun menekan")).to_be_visible()
        is_fine(kartika)
        press(kartika, "It is settled")
        expect(arrived(kartika, "Desk").get_by_text(case.code)).to_have_count(0)
        kartika.goto(path)
        arrived(kartika, "There is nothing here")
    assert Opening.objects.filter(case=case, person=cast.kartika.person, page="cases:case").count() == 1


def rooms() -> dict[str, list[str]]:
    """Every address of a record in the rooms of cases, whatever was added last: name -> its parameters."""
    found = {name: sorted(pattern.pattern.regex.groupindex) for name, pattern in every_url().items()}
    of_records = {name: given for name, given in found.items() if given and "token" not in given}
    return {name: given for name, given in of_records.items() if name.partition(":")[0] in ROOMS}


def test_hasan_finds_nothing(chromium: Browser, site: str, cast: Cast) -> None:
    """Every address of a case answers him as nonsense does; lists, counts, inbox and search know of none."""
    referral = make_referral(cast)
    works_in(cast.lentera, VILLAGE)
    make_coordinator(cast.forum)
    transfer = make_offer(cast, case=referral.case, to=cast.forum)
    real = {
        "party_id": referral.party_id, "referral:key": referral.pk, "transfer:key": transfer.pk,
        "inbox:key": complain(VIOLENCE).pk, "organisation_id": cast.lentera.pk, "code": "P02", "to": "people",
        "year": 2025,
    }  # fmt: skip
    with opened(chromium, site, PHONE, ["404", "403"]) as page:
        sits_down(page, site, cast.hasan)
        page.goto("/kasus/", timeout=SLOW)
        is_fine(arrived(page, "Meja kerja"))
        secrets = (referral.case.code, referral.code, NAME, STORY)
        assert not [secret for secret in secrets if secret in page.content()]
        for path in ("/kasus/?rak=semua", "/kasus/?milik=saya", "/pengaduan/", "/pemberitahuan/", "/rujukan/", "/"):
            page.goto(path)
            page.wait_for_load_state()
            assert not [secret for secret in secrets if secret in page.content()], path
        for word in secrets:
            page.goto(f"/cari/?q={word}")
            page.wait_for_load_state()
            assert page.get_by_role("main").get_by_role("link", name=word).count() == 0
        for name, given in rooms().items():
            space = name.partition(":")[0]
            ids = {part: real.get(f"{space}:{part}", real.get(part, referral.case_id)) for part in given}
            never = {part: value if isinstance(value, str | int) else uuid7() for part, value in ids.items()}
            here, there = (plain_answer(page, reverse(name, kwargs=one)) for one in (ids, never))
            assert here == there, name
            assert here[0] in (403, 404, 405), name
        page.goto(reverse("cases:case", args=[referral.case_id]))
        arrived(page, "Tidak ada apa-apa di sini")
        assert violations(page) == []
        assert fits(page)
    assert not Opening.objects.filter(person=cast.hasan.person).exists()


def plain_answer(page: Page, path: str) -> tuple[int, str]:
    """Status and page, without what differs by address or by request."""
    answer = page.request.get(path)
    key = path.strip("/").split("/")
    text = answer.text()
    for part in key:
        if len(part) == 36:
            text = text.replace(part, "X")
    return answer.status, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
