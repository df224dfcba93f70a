"""One organisation as a page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.refs import RecordRef
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Confirmation, Organisation
from simpul.organisations.services.programme_roles import assign_role
from simpul.organisations.services.standing import declare
from simpul.organisations.services.units import place_unit
from simpul.people.models import ContactConsent
from simpul.threads.services import link_records
from tests.cast import Cast
from tests.factories.networks import admit, make_network, make_programme
from tests.factories.organisations import NOW, SYSTEM, make_organisation

pytestmark = pytest.mark.django_db


def address(organisation: Organisation, name: str = "profile") -> str:
    return reverse(f"organisations:{name}", args=[organisation.pk])


def read(organisation: Organisation, name: str = "profile", browser: Client | None = None) -> str:
    answer = (browser or Client()).get(address(organisation, name))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", ["publik", "ani", "dewi", "kartika", "joko"])
@pytest.mark.parametrize("many", [1, 3])
def test_a_profile_costs_at_most_twelve_queries(
    cast: Cast, django_assert_max_num_queries: Any, key: str, many: int
) -> None:
    for _ in range(many):
        admit(make_network(), cast.forum)
        admit(cast.forum, make_organisation())
    browser = getattr(cast, key).client()
    for name in ("profile", "work"):
        for organisation in (cast.forum, cast.lentera):
            browser.get(address(organisation, name))
            with django_assert_max_num_queries(12):
                assert browser.get(address(organisation, name)).status_code == 200


def test_one_out_of_sight_answers_as_one_that_never_was(client: Client) -> None:
    hidden = make_organisation(hidden=True)
    for name in ("profile", "work", "members"):
        one = client.get(address(hidden, name))
        other = client.get(reverse(f"organisations:{name}", args=[uuid7()]))
        assert one.status_code == other.status_code == 404
        assert one.content.replace(str(hidden.pk).encode(), b"") == other.content.replace(
            other.wsgi_request.path.split("/")[2].encode(), b""
        )


def test_only_the_fields_of_the_reader_are_shown(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.lentera.pk).update(
        description=LocalizedText(id="Tetangga menolong tetangga."),
        sectors=["PPA"],
        phone="+6281234567890",
        npwp="0123456789012345",
        website="https://contoh.invalid/",
    )
    public = read(cast.lentera)
    assert "Tetangga menolong tetangga." in public
    assert "Perempuan dan anak" in public
    assert "+6281234567890" not in public
    assert "0123456789012345" not in public
    own = read(cast.lentera, browser=cast.ani.client())
    assert 'href="tel:+6281234567890"' in own
    assert "0123456789012345" in own


def test_an_address_of_another_kind_is_no_link() -> None:
    one = make_organisation()
    Organisation.objects.filter(pk=one.pk).update(
        website="javascript:alert(1)", socials={"x": "javascript:alert(2)", "facebook": "https://contoh.invalid/f"}
    )
    page = read(one)
    assert 'href="javascript' not in page
    assert 'href="https://contoh.invalid/f"' in page


def test_networks_are_drawn_from_the_widest_to_the_organisation(cast: Cast) -> None:
    browser = Client()
    drawing = browser.get(address(cast.lentera)).context["drawing"]
    assert [(n.organisation.name, n.place) for n in drawing.nodes] == [
        ("Jaringan Provinsi Contoh", "above"),
        ("Forum Simpul Contoh", "above"),
        ("Kelompok Konstituen Lentera", "self"),
    ]
    assert [(arc.own, arc.loose) for arc in drawing.arcs] == [(False, False), (True, False)]
    page = read(cast.lentera)
    assert "lewat jaringan lain" in page
    assert page.count("<path d=") == 2
    assert "Tabel di balik gambar" in page


def test_a_hidden_network_is_in_no_drawing(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.forum.pk).update(in_safety_mode=True)
    page = read(cast.lentera)
    assert "Forum Simpul Contoh" not in page
    assert "Jaringan Provinsi Contoh" not in page, "nothing is seen through what is hidden"


def test_members_and_units_are_drawn_below(cast: Cast) -> None:
    admit(cast.forum, *(make_organisation(name=f"Anggota {n}") for n in range(9)))
    unit = make_organisation(name="Sayap Forum", kind=OrganisationKind.WING)
    place_unit(SYSTEM, unit, parent=cast.forum, now=NOW)
    drawing = Client().get(address(cast.forum)).context["drawing"]
    below = [n.organisation.name for n in drawing.nodes if n.place == "below"]
    assert below[:2] == ["Sayap Forum", "Anggota 0"]
    assert len(below) == 9
    assert drawing.more_members
    assert [n.organisation.name for n in Client().get(address(unit)).context["drawing"].nodes] == [
        "Forum Simpul Contoh",
        "Sayap Forum",
    ]


def test_declarations_say_how_sure_one_can_be() -> None:
    one = make_organisation()
    declare(SYSTEM, one, kind="neutral", declared_on=date(2025, 1, 1), now=NOW)
    declare(SYSTEM, one, kind="psea", standing="verified", declared_on=date(2025, 1, 2), evidence="Audit 2024", now=NOW)
    declare(SYSTEM, one, kind="chs", standing="withdrawn", declared_on=date(2025, 1, 3), now=NOW)
    page = read(one)
    assert "Netral secara politik" in page
    assert "Audit 2024" in page
    assert "Core Humanitarian" not in page


@pytest.mark.parametrize("named", [True, False])
def test_who_vouched_is_named_where_they_agreed(cast: Cast, named: bool) -> None:
    assert cast.budi.person is not None
    Confirmation.objects.create(
        organisation=cast.lentera, confirmed_on=date(2025, 2, 1), confirmed_by=cast.budi.person.pk, recorded_at=NOW
    )
    if named:
        ContactConsent.objects.create(
            person=cast.budi.person,
            purpose="directory",
            channel="in_person",
            given_on=date(2025, 1, 1),
            recorded_at=NOW,
        )
    page = read(cast.lentera)
    assert ("Budi memastikannya aktif pada 1\u00a0Februari 2025" in page) is named
    assert "1\u00a0Februari 2025" in page


def test_people_are_named_only_where_they_agreed(cast: Cast) -> None:
    assert cast.budi.person is not None
    assert "Budi" not in read(cast.lentera, "work")
    ContactConsent.objects.create(
        person=cast.budi.person, purpose="directory", channel="in_person", given_on=date(2025, 1, 1), recorded_at=NOW
    )
    page = read(cast.lentera, "work")
    assert "Budi" in page
    assert "Ani" not in page.split("<main")[1]


def test_programmes_stand_with_role_and_time(cast: Cast) -> None:
    programme = make_programme(cast.network)
    assign_role(
        SYSTEM,
        programme,
        organisation=cast.support,
        role="district_support",
        valid_from=date(2020, 1, 1),
        valid_until=date(2022, 1, 1),
        now=NOW,
    )
    page = read(cast.support, "work")
    assert reverse("organisations:programme", args=[programme.pk]) in page
    assert "1\u00a0Januari 2020 – 31\u00a0Desember 2021" in page
    assert "sudah berakhir" in page
    Organisation.objects.filter(pk=cast.network.pk).update(in_safety_mode=True)
    assert str(programme.pk) not in read(cast.support, "work")


def test_the_thread_through_it_leads_to_the_pages_of_its_knots(cast: Cast) -> None:
    old = make_organisation(name="Yayasan Lama")
    assert "Benang merah" not in read(cast.support, "work")
    link_records(
        SYSTEM,
        source=RecordRef("organisations.organisation", old.pk),
        relation="merged_into",
        target=cast.support.ref,
        now=NOW,
    )
    page = read(cast.support, "work")
    assert "Benang merah" in page
    assert f'href="{address(old)}"' in page


def test_the_way_to_change_it_is_shown_to_who_may(cast: Cast) -> None:
    change = reverse("editing:organisation", args=[cast.lentera.pk])
    assert change in read(cast.lentera, browser=cast.budi.client())
    assert change in read(cast.lentera, browser=cast.dewi.client())
    for key in ("publik", "ani", "hasan"):
        assert change not in read(cast.lentera, browser=getattr(cast, key).client())
