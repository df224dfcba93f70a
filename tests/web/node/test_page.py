"""The operator changes what this deployment is set to; two at once both see what the other set."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.kernel.actor import System
from simpul.organisations.models import Node
from simpul.organisations.presets import Preset
from simpul.organisations.services.node import Headlines, change_node, open_node
from tests.cast import NOW, Cast
from tests.factories.networks import make_programme
from tests.factories.organisations import make_organisation
from tests.organisations.test_logos import picture

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
PAGE = "/simpul-ini/"


@pytest.fixture
def node(cast: Cast) -> Node:
    return open_node(SYSTEM, host=cast.network, preset=Preset.NETWORK, now=NOW)


def stored() -> Node:
    return Node.objects.get()


def test_page_shows_what_is_set(cast: Cast, node: Node) -> None:
    headlines = Headlines(network=cast.network, organisation=cast.forum)
    change_node(SYSTEM, node, version=1, pillars=node.pillars, complaints_to=None, headlines=headlines)
    html = cast.joko.client().get(PAGE).content.decode()
    assert "Jaringan Provinsi Contoh" in html
    assert re.search(r'name="organisation" value="Forum Simpul Contoh"', html)
    assert re.search(r'name="pillars" value="results"[^>]*checked', html)


def test_everything_is_changed_at_once_and_what_has_no_page_stays(cast: Cast, node: Node) -> None:
    programme = make_programme()
    assert cast.dewi.person is not None
    sent = {
        "version": 1,
        "pillars": [],
        "complaints_to": str(cast.dewi.person.ref),
        "programme": str(programme.pk),
        "network": "jaringan provinsi  contoh",
        "organisation": "kk lentera",
        "logo": SimpleUploadedFile("logo.png", picture(), "image/png"),
    }
    response = cast.joko.client().post(PAGE, sent)
    assert response.headers["Location"] == PAGE
    now = stored()
    assert now.complaints_to == str(cast.dewi.person.ref)
    assert (now.headline_programme, now.headline_network) == (programme, cast.network)
    assert now.headline_organisation == cast.lentera
    assert now.logo_digest != ""
    assert "results" not in now.pillars
    assert "complaints" not in now.pillars
    assert {"directory", "advocacy"} <= set(now.pillars)  # the one can't go, of the other there is no page yet


def test_what_is_left_empty_is_about_nobody(cast: Cast, node: Node) -> None:
    headlines = Headlines(network=cast.network)
    change_node(SYSTEM, node, version=1, pillars=node.pillars, complaints_to=None, headlines=headlines)
    cast.joko.client().post(PAGE, {"version": 2, "pillars": ["results"]})
    now = stored()
    assert now.headline_network is None
    assert "results" in now.pillars


def test_who_writes_second_sees_what_was_set_meanwhile_and_keeps_what_they_typed(cast: Cast, node: Node) -> None:
    assert cast.dewi.person is not None
    headlines = Headlines(network=cast.network)
    change_node(SYSTEM, node, version=1, pillars=["directory"], complaints_to=cast.dewi.person.ref, headlines=headlines)
    sent = {"version": 1, "pillars": ["results"], "network": "Forum Simpul Contoh"}
    client = cast.joko.client()
    response = client.post(PAGE, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert stored().headline_network == cast.network
    assert re.search(r"<dd>Jaringan Provinsi Contoh</dd>", html)
    assert re.search(r"<dd>Dewi</dd>", html)
    assert re.search(r'name="network" value="Forum Simpul Contoh"', html)
    assert re.search(r'name="version" value="2"', html)
    assert client.post(PAGE, {**sent, "version": 2}).status_code == 302
    assert stored().headline_network == cast.forum


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("network", "Kelompok Konstituen Lentera", "Tidak ada nama itu"),
        ("organisation", "tidak ada", "Tidak ada nama itu"),
        ("organisation", "Kembar", "Ada beberapa"),
    ],
)
def test_names_that_mean_none_or_several_are_refused(cast: Cast, node: Node, name: str, typed: str, said: str) -> None:
    for _ in range(2):
        make_organisation(name="Kembar")
    response = cast.joko.client().post(PAGE, {"version": 1, name: typed})
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert typed in html
    assert stored().version == 1


@pytest.mark.parametrize("sent", [{"complaints_to": "people.person:1"}, {"programme": "x"}, {"version": ""}])
def test_what_is_not_offered_is_refused(cast: Cast, node: Node, sent: dict[str, str]) -> None:
    assert cast.joko.client().post(PAGE, {"version": "1", **sent}).status_code == 422
    assert stored().version == 1


def test_receivers_are_the_hosts_own_people(cast: Cast, node: Node) -> None:
    html = cast.joko.client().get(PAGE).content.decode()
    offered = re.findall(r'<option value="people\.person[^"]*"[^>]*>([^<]+)<', html)
    assert sorted(offered) == ["Dewi", "Fitri", "Gede"]


def test_page_asks_as_often_however_many_programmes(cast: Cast, node: Node) -> None:
    client = cast.joko.client()
    client.get(PAGE)
    counts = []
    for _ in range(2):
        make_programme()
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
