"""Pages of the library."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import ItemKind, Readers
from simpul.activities.models import LibraryItem, LibraryReading
from simpul.activities.services.library import write_edition
from simpul.organisations.sectors import Sector
from simpul.web.learning.reading import Block, blocks_of, minutes_to_read
from tests.cast import Cast
from tests.factories.activities import make_event
from tests.factories.consultations import make_consultation
from tests.factories.library import NOW, TEXT, add_recording, have_read, make_item
from tests.factories.organisations import SYSTEM
from tests.web.editing.forms import form_of
from tests.web.learning.test_forums import english

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[Any]]


def test_a_text_is_paragraphs_headings_and_points_and_never_markup() -> None:
    assert blocks_of(TEXT) == [
        Block("Divisi Pengaduan", level=2),
        Block("Menerima siapa pun."),
        Block(points=("mendengar dulu", "mencatat seperlunya")),
        Block("Tidak ada <b>nama</b>."),
    ]
    assert blocks_of("satu\ndua\n- tiga\n  empat\n## lima\n#enam") == [
        Block("satu dua"),
        Block(points=("tiga empat",)),
        Block("lima", level=3),
        Block("#enam"),
    ]
    assert blocks_of("") == []
    assert (minutes_to_read("kata " * 10), minutes_to_read("kata " * 900)) == (1, 5)


def test_an_edition_is_read_without_a_script_in_its_own_language() -> None:
    item = make_item(None, "id", "sas")
    page = english(f"/pustaka/{item.pk}/sas/")
    assert '<article class="reading" lang="sas">' in page
    assert "<h2>Divisi Pengaduan</h2>" in page
    assert "&lt;b&gt;nama&lt;/b&gt;" in page
    assert "data-by-itself data-may-keep" in page
    assert f"/pustaka/{item.pk}/id/" in page
    assert Client().get(f"/pustaka/{item.pk}/xx/").status_code == 404


def test_what_is_not_for_everybody_is_not_kept_and_the_page_says_so(cast: Cast) -> None:
    item = make_item(cast.forum, visibility=Visibility.HOSTS)
    assert Client().get(f"/pustaka/{item.pk}/id/").status_code == 404
    page = english(f"/pustaka/{item.pk}/id/", cast.eko.client())
    assert "data-may-keep" not in page
    assert "it needs a signal" in page
    draft = make_item(cast.forum, published=False)
    assert "data-may-keep" not in english(f"/pustaka/{draft.pk}/id/", cast.eko.client())


def test_where_others_use_the_device_nothing_is_kept(cast: Cast) -> None:
    client = cast.ani.client()
    session = client.session
    session["shared"] = True
    session.save()
    page = english(f"/pustaka/{make_item().pk}/id/", client)
    assert "data-may-keep" not in page
    assert "others use this device too" in page


def test_what_residents_read_about_violence_is_kept_only_where_they_ask_for_it() -> None:
    item = make_item(readers=Readers.EVERYBODY, sector=Sector.WOMEN_AND_CHILDREN)
    page = english(f"/pustaka/{item.pk}/id/")
    assert "data-by-itself" not in page
    assert "data-may-keep" in page
    group = make_item(readers=Readers.VILLAGE_GROUPS, sector=Sector.WOMEN_AND_CHILDREN)
    assert "data-by-itself" in english(f"/pustaka/{group.pk}/id/")


def test_the_list_of_what_is_kept_and_its_worker_know_nobody(cast: Cast) -> None:
    source = Client().get("/pustaka/sw.js").content.decode()
    told = json.loads(source.split("\n")[0].removeprefix("const TOLD = ").removesuffix(";"))
    assert (told["cache"], told["list"]) == ("simpul-pustaka", "/pustaka/di-ponsel/")
    assert [one for one in told["files"] if not one.startswith("/static/")] == []
    assert ".put(" not in source
    assert "On this phone" in english("/pustaka/di-ponsel/")


def test_a_script_that_asks_without_cookies_says_in_which_language() -> None:
    path = f"/pustaka/{make_item().pk}/id/"
    assert 'lang="en"' in Client().get(path, headers={"Simpul-Language": "en"}).content.decode()
    assert 'lang="id"' in Client().get(path, headers={"Simpul-Language": "xx"}).content.decode()


def test_a_recording_tells_what_it_costs_and_is_not_fetched_by_itself(cast: Cast) -> None:
    item = make_item(cast.forum)
    kept = add_recording(item)
    page = english(f"/pustaka/{item.pk}/id/")
    assert f'preload="none" src="/berkas/{kept.pk}/?versi=1"' in page
    assert "of data, each time" in page
    assert "with a recording of 31.1\xa0KB" in english(f"/pustaka/{item.pk}/")
    assert "media-src 'self'" in Client().get(f"/pustaka/{item.pk}/id/").headers["Content-Security-Policy"]
    part = Client().get(f"/berkas/{kept.pk}/?versi=1", headers={"Range": "bytes=10-19"})
    assert (part.status_code, len(b"".join(part))) == (206, 10)  # type: ignore[arg-type]


def test_a_video_leads_out() -> None:
    item = make_item(kind=ItemKind.VIDEO)
    write_edition(SYSTEM, item, language="en", link="https://video.example/1", now=NOW)
    assert 'href="https://video.example/1" rel="noreferrer noopener"' in english(f"/pustaka/{item.pk}/en/")


def test_the_shelf_is_narrowed_and_says_what_it_holds() -> None:
    make_item(None, "id", "sas")
    page = english("/pustaka/?bahasa=sas")
    assert "What each division does" in page
    assert "Base Sasak" in page
    assert "Nothing on this shelf yet" in english("/pustaka/?bahasa=jv")
    assert "What each division does" in english("/pustaka/?bahasa=nothing")


def test_eko_writes_a_handbook_and_ani_says_that_her_group_has_read_it(cast: Cast) -> None:
    client = cast.eko.client()
    sent = form_of(client, "/pustaka/tambah/") | {"kind": "handbook", "title": "Buku saku"}
    for _ in range(2):
        gone = client.post("/pustaka/tambah/", sent)
    item = LibraryItem.objects.get()
    path = f"/pustaka/{item.pk}/"
    assert gone.headers["Location"] == f"{path}tulis/"
    written = form_of(client, f"{path}tulis/") | {"language": "sas", "text": "# Tugas\n\nNulung dengan."}
    assert client.post(f"{path}tulis/", written).status_code == 302
    again = form_of(client, f"{path}sas/tulis/") | {"text": "# Tugas\n\nNulung sai doang."}
    assert client.post(f"{path}sas/tulis/", again).status_code == 302
    assert client.post(f"{path}sas/tulis/", again | {"text": "Lain"}).status_code == 422
    assert client.post(f"{path}terbitkan/").status_code == 302
    assert "Nulung sai doang." in english(f"{path}sas/")
    reader = cast.ani.client()
    told = form_of(reader, f"{path}dibaca/") | {"read_on": "2025-02-05", "people": "9"}
    for _ in range(2):
        assert reader.post(f"{path}dibaca/", told).status_code == 302
    assert LibraryReading.objects.get().organisation == cast.lentera
    assert "Buku saku" in english("/pustaka/bacaan/", reader)
    assert "9 people" in english(path, client)
    assert "9 people" not in english(path)


@pytest.mark.parametrize("many", [1, 3])
def test_pages_cost_the_same_however_much_there_is(
    many: int, cast: Cast, django_assert_max_num_queries: Counted
) -> None:
    items = [make_item(cast.forum, "id", "sas") for _ in range(many)]
    for item in items:
        have_read(item, cast.lentera)
    with django_assert_max_num_queries(4):
        assert Client().get("/pustaka/").status_code == 200
    with django_assert_max_num_queries(6):
        assert Client().get(f"/pustaka/{items[0].pk}/").status_code == 200
    with django_assert_max_num_queries(7):
        assert Client().get(f"/pustaka/{items[0].pk}/id/").status_code == 200
    client = cast.eko.client()
    with django_assert_max_num_queries(12):
        assert client.get("/pustaka/bacaan/").status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_learning_together_shows_a_few_of_each_at_the_same_cost(
    many: int, cast: Cast, django_assert_max_num_queries: Counted
) -> None:
    for _ in range(many):
        make_item(cast.forum, "id", "sas")
        make_consultation(cast.forum)
        make_event(cast.forum, starts_at=timezone.now() + timedelta(days=1))
    with django_assert_max_num_queries(9):
        page = english("/belajar/")
    assert page.count('class="leaf"') == many
    assert page.count("What each division does") == many
    assert "1 learning forum" in page
    assert 'href="/belajar/"' in english("/")


def test_learning_together_is_calm_where_there_is_nothing() -> None:
    page = english("/belajar/")
    assert "Nothing is announced yet" in page
    assert "The library is still empty." in page
