"""Dewi tells her members, logs what she does for them, writes stages down; members use the board."""

from typing import Any

import pytest

from simpul.kernel.ids import uuid7
from simpul.notices.models import Notice, Recipient
from simpul.organisations.models import (
    Announcement,
    AnnouncementReading,
    BoardEntry,
    BoardReply,
    ReadinessRecord,
    ServiceRecord,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db

TEXT = {"title": "Rapat bulanan", "body": "Jumat pukul 09.00.\n\nBawa laporan."}


def spoken(browser: Any, path: str, **more: str) -> Any:
    return browser.post(path, {"key": str(uuid7()), "to": "9", **TEXT, **more})


def test_an_announcement_goes_out_once_and_tells_its_readers(cast: Cast) -> None:
    browser, key = cast.dewi.client(), str(uuid7())
    path = f"/kelola/{cast.network.pk}/pengumuman/tulis/"
    for _ in range(2):
        assert spoken(browser, path, key=key).headers["Location"] == f"/pengumuman/{key}/"
    assert Announcement.objects.get().recipients.count() == 2
    told = Recipient.objects.filter(notice__kind="organisations.announced").values_list("user__person__name", flat=True)
    assert set(told) == {"Ani", "Budi", "Eko"}
    assert Notice.objects.filter(kind="organisations.announced").count() == 1
    assert "1 pengumuman" in cast.budi.client().get("/").content.decode()
    page = browser.get(f"/pengumuman/{key}/").content.decode()
    assert "2 belum membaca" in page
    assert "wa.me/?text=%2ARapat%20bulanan%2A" in page


def test_one_press_says_that_it_was_read(cast: Cast) -> None:
    spoken(cast.dewi.client(), f"/kelola/{cast.network.pk}/pengumuman/tulis/")
    path = f"/pengumuman/{Announcement.objects.get().pk}/"
    for _ in range(2):
        assert cast.ani.client().post(path).status_code == 302
    assert AnnouncementReading.objects.get().recipient.organisation == cast.lentera
    assert "1 belum membaca" in cast.dewi.client().get(path).content.decode()
    assert "belum membaca" not in cast.ani.client().get(path).content.decode()
    assert "dibaca 1 dari 2" in cast.dewi.client().get(f"/kelola/{cast.network.pk}/pengumuman/").content.decode()
    assert "1 pengumuman" not in cast.budi.client().get("/").content.decode()


def test_a_correction_keeps_the_former_text_and_tells_again(cast: Cast) -> None:
    browser = cast.dewi.client()
    spoken(browser, f"/kelola/{cast.network.pk}/pengumuman/tulis/")
    path = f"/pengumuman/{Announcement.objects.get().pk}/"
    cast.budi.client().post(path)
    answer = browser.post(f"{path}koreksi/", {"seen": "1", **TEXT, "body": "Jumat pukul 10.00."})
    assert answer.headers["Location"] == path
    page = cast.budi.client().get(path).content.decode()
    assert "Jumat pukul 10.00." in page
    assert "Jumat pukul 09.00." in page
    assert "sudah membaca teks lama" in browser.get(path).content.decode()
    assert Notice.objects.filter(kind="organisations.announcement_corrected").count() == 1
    late = browser.post(f"{path}koreksi/", {"seen": "1", **TEXT})
    assert late.status_code == 422
    assert "Bawa laporan." in late.content.decode()


@pytest.mark.parametrize("wrong", [{"title": " "}, {"to": "pilihan"}, {"to": "77"}, {"to": "pilihan", "chosen": "x"}])
def test_an_announcement_to_nobody_or_without_words_comes_back(cast: Cast, wrong: dict[str, str]) -> None:
    answer = spoken(cast.dewi.client(), f"/kelola/{cast.network.pk}/pengumuman/tulis/", **wrong)
    assert answer.status_code == 422
    assert "Bawa laporan." in answer.content.decode()
    assert not Announcement.objects.exists()


def test_a_service_is_logged_counted_and_withdrawn(cast: Cast) -> None:
    browser, path = cast.dewi.client(), f"/kelola/{cast.network.pk}/layanan/"
    assert cast.forum.name in browser.get(path).content.decode()
    sent = {
        "key": str(uuid7()), "kind": "LS.07", "served_on": "2025-02-10", "outcome": "done",
        "members": [str(cast.forum.pk)], "summary": "Audiensi ke Bappeda",
    }  # fmt: skip
    for _ in range(2):
        assert browser.post(f"{path}catat/", sent).headers["Location"] == path
    page = browser.get(path, {"tahun": "2025"}).content.decode()
    assert "1 layanan pada 2025" in page
    assert "Audiensi ke Bappeda" in page
    record = ServiceRecord.objects.get()
    browser.post(f"/kelola/layanan-sekretariat/{record.pk}/tarik/")
    assert "Belum ada layanan pada 2025" in browser.get(path, {"tahun": "2025"}).content.decode()
    assert browser.post(f"{path}catat/", {**sent, "kind": "LS.99"}).status_code == 422


def test_stages_are_written_down_in_order(cast: Cast) -> None:
    browser, path = cast.dewi.client(), f"/kelola/{cast.network.pk}/kesiapan/"
    sent = {
        "organisation": str(cast.lentera.pk), "stage": "ready", "reached_on": "2025-02-10",
        "evidence": "Surat kesediaan",
    }  # fmt: skip
    early = browser.post(f"{path}catat/", sent)
    assert (early.status_code, "Surat kesediaan" in early.content.decode()) == (422, True)
    for stage in ("trained", "ready"):
        assert browser.post(f"{path}catat/", {**sent, "stage": stage}).status_code == 302
    formed = {**sent, "stage": "formed", "formed": str(cast.forum.pk)}
    assert browser.post(f"{path}catat/", formed).status_code == 302
    assert "Surat kesediaan" in browser.get(path).content.decode()
    browser.post(f"/kelola/kesiapan/{ReadinessRecord.objects.get(stage='formed').pk}/tarik/")
    assert ReadinessRecord.objects.filter(superseded_at=None).count() == 2


def test_a_need_is_answered_accepted_and_taken_down(cast: Cast) -> None:
    budi, eko, path = cast.budi.client(), cast.eko.client(), f"/papan/{cast.forum.pk}/"
    need = {
        "key": str(uuid7()), "organisation": str(cast.lentera.pk), "side": "need", "kind": "place",
        "title": "Ruang rapat 30 orang", "text": "Untuk Sabtu", "contact": "0800-000-1111",
    }  # fmt: skip
    for _ in range(2):
        assert budi.post(f"{path}pasang/", need).headers["Location"] == f"/papan/isi/{need['key']}/"
    entry = BoardEntry.objects.get()
    assert "Ruang rapat 30 orang" in eko.get(path).content.decode()
    page = f"/papan/isi/{entry.pk}/"
    assert "0800-000-1111" not in eko.get(page).content.decode()
    answer = {"organisation": str(cast.forum.pk), "words": "Aula kami kosong", "contact": "0800-000-2222"}
    assert eko.post(page, {**answer, "words": " "}).status_code == 422
    assert eko.post(page, answer).status_code == 302
    assert "0800-000-2222" not in budi.get(page).content.decode()
    reply = BoardReply.objects.get()
    assert budi.post(f"/papan/jawaban/{reply.pk}/setuju/").status_code == 302
    assert "0800-000-2222" in budi.get(page).content.decode()
    assert "0800-000-1111" in eko.get(page).content.decode()
    assert "0800-000-1111" not in cast.kartika.client().get(page).content.decode()
    budi.post(f"{page}tutup/")
    assert "Ruang rapat 30 orang" not in eko.get(path).content.decode()


def test_pages_cost_the_same_for_one_and_three(cast: Cast, django_assert_max_num_queries: Any) -> None:
    browser, base = cast.dewi.client(), f"/kelola/{cast.network.pk}"
    for _ in range(3):
        spoken(browser, f"{base}/pengumuman/tulis/")
        for path in (f"{base}/pengumuman/", f"{base}/layanan/", f"{base}/kesiapan/", "/pengumuman/"):
            with django_assert_max_num_queries(12):
                browser.get(path)
        with django_assert_max_num_queries(12):
            browser.get(f"/pengumuman/{Announcement.objects.latest('announced_at').pk}/")
