"""Who sees which paper of an organisation: as its profile's fields."""

import pytest

from simpul.documents.queries import documents_of
from simpul.kernel.actor import System
from simpul.organisations.papers import PaperKind, usual_audience
from simpul.organisations.rules.fields import visible_fields
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.visibility import Audience
from tests.cast import NOW, Cast
from tests.factories.documents import make_document
from tests.factories.networks import make_network

pytestmark = pytest.mark.django_db


def seen(cast: Cast) -> dict[str, list[str]]:
    found = {}
    for played in cast:
        rows = documents_of(played.actor, cast.lentera.ref)
        found[played.key] = sorted(row.audience for row in rows)
    return found


def test_papers_are_seen_by_their_audience_and_by_nobody_else(cast: Cast) -> None:
    for audience in Audience:
        make_document(cast.budi.actor, cast.lentera.ref, audience=audience)
    everything, near, public = ["network", "own", "public"], ["network", "public"], ["public"]
    assert seen(cast) == {
        "ani": everything,  # its own
        "budi": everything,
        "dewi": everything,  # keeps its entry
        "kartika": everything,
        "eko": near,  # of the forum it is a member of
        "fitri": public,
        "gede": public,
        "citra": public,
        "hasan": public,
        "indah": public,
        "joko": public,
        "publik": public,
    }


def test_papers_and_fields_of_a_profile_follow_one_rule(cast: Cast) -> None:
    samples = {"public": "founded", "network": "deed_number", "own": "npwp"}
    for home in (cast.lentera, cast.forum, cast.network, cast.uptd):
        for audience in samples:
            make_document(System("tests"), home.ref, audience=audience)
        for played in cast:
            fields = visible_fields(played.actor, home)
            papers = {row.audience for row in documents_of(played.actor, home.ref)}
            assert papers == {audience for audience, field in samples.items() if field in fields}, played.key


def test_nothing_of_one_in_safety_mode_is_seen_outside(cast: Cast) -> None:
    make_document(cast.budi.actor, cast.lentera.ref, audience="public")
    set_safety_mode(System("tests"), cast.lentera, on=True, reason_code="threat", now=NOW)
    assert {key for key, audiences in seen(cast).items() if audiences} >= {"ani", "budi", "kartika"}
    assert seen(cast)["publik"] == seen(cast)["hasan"] == seen(cast)["indah"] == []


def test_an_unconfirmed_network_opens_nothing(cast: Cast) -> None:
    make_document(cast.budi.actor, cast.lentera.ref, audience="network")
    make_network("Jaringan Asing")
    assert seen(cast)["hasan"] == []


def test_every_kind_has_its_usual_audience() -> None:
    assert {kind: usual_audience(kind) for kind in ("deed", "bylaws", "tax")} == {
        "deed": Audience.NETWORK,
        "bylaws": Audience.PUBLIC,
        "tax": Audience.OWN,
    }
    assert {usual_audience(kind) for kind in PaperKind} == set(Audience)
