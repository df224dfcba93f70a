"""One field for everything public."""

from typing import Any

import pytest
from django.test import Client

from simpul.kernel.localized import LocalizedText
from simpul.organisations.listing import relist
from simpul.organisations.models import Organisation
from simpul.organisations.services.programmes import start_programme
from simpul.organisations.services.registration import register_organisation
from simpul.search.models import Entry
from tests.cast import Cast
from tests.factories.organisations import NOW, SYSTEM, make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: object) -> str:
    answer = client.get("/cari/", asked, headers={"cookie": "bahasa=en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_words_it_says_what_can_be_found(client: Client) -> None:
    text = page(client)
    assert "For example: legal aid" in text
    assert "Nothing found" not in text


def test_hits_lead_to_their_pages_with_the_words_marked(client: Client) -> None:
    organisation = register_organisation(SYSTEM, kind="OT.Y", name="Yayasan Suar", now=NOW)
    programme = start_programme(SYSTEM, organisation, name=LocalizedText(id="Program Suar"), now=NOW)
    text = page(client, q="suar")
    assert f'href="/jejaring/{organisation.pk}/"' in text
    assert f"{programme.pk}" in text
    assert "Yayasan <mark>Suar</mark>" in text
    assert "2 found" in text
    narrowed = page(client, q="suar", jenis="programme")
    assert f'href="/jejaring/{organisation.pk}/"' not in narrowed


def test_areas_and_figures_of_that_name_stand_beside(client: Client) -> None:
    areas("52.03")
    assert 'href="/wilayah/52.03/"' in page(client, q="lombok timur")
    assert 'href="/hasil/F17/"' in page(client, q="jaringan anggota") or 'href="/hasil/F' in page(
        client, q="organisasi"
    )


def test_nothing_found_teaches_the_next_step(client: Client) -> None:
    text = page(client, q="xyzzy")
    assert "Nothing found" in text
    assert "Write fewer words" in text


@pytest.mark.parametrize("asked", [{"jenis": "x"}, {"halaman": "-1"}, {"halaman": "x"}, {"halaman": "51"}])
def test_an_address_that_cannot_be_read_still_gives_a_page(client: Client, asked: dict[str, str]) -> None:
    register_organisation(SYSTEM, kind="OT.Y", name="Yayasan Suar", now=NOW)
    assert "Suar" in page(client, q="suar", **asked)


def test_words_are_shown_as_written_never_as_markup(client: Client) -> None:
    assert "<script>alert" not in page(client, q="<script>alert(1)</script>")


def test_an_entry_left_behind_is_not_shown(client: Client, cast: Cast) -> None:
    """The records are asked once more: the index alone shows nobody."""
    hidden = make_organisation(name="Yayasan Suar", hidden=True)
    Entry.objects.create(
        kind="organisations.organisation",
        uuid=hidden.pk,
        section="organisation",
        title="Yayasan Suar",
        title_key="yayasansuar",
        title_words="yayasan suar",
    )
    assert f"/jejaring/{hidden.pk}/" not in page(client, q="suar")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    areas("52.03")
    for n in range(rows):
        relist(make_organisation(name=f"Yayasan Lombok {n}"))
    assert Organisation.objects.count() == rows
    page(client, q="lombok")
    with django_assert_num_queries(7):
        page(client, q="lombok")
