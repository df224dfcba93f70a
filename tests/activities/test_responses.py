"""Responses: opened by who leads, seen by the public once published."""

from datetime import timedelta

import pytest

from simpul.activities.models import Response
from simpul.activities.queries.responses import areas_of, response_for, responses_for, root_of
from simpul.activities.services.responses import edit_response, open_response, publish_response
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.organisations import SYSTEM, make_organisation, someone
from tests.factories.responses import DANGER, FLOOD, LOTIM, NOW, make_network, make_response, place
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def opened(network: object, **changed: object) -> Response:
    given: dict[str, object] = {"name": "Banjir Contoh", "areas": [place(LOTIM)], "valid_from": FLOOD, "now": NOW}
    return open_response(SYSTEM, network, **{**given, **changed})  # type: ignore[arg-type]


@audits(open_response, edit_response, publish_response)
def test_a_response_is_opened_changed_and_published() -> None:
    response = opened(make_network())
    response = edit_response(
        SYSTEM, response, {"name": "Banjir Lotim"}, areas=[place(DANGER), place(LOTIM)], seen=1, now=NOW
    )
    response = publish_response(SYSTEM, response, now=NOW)
    again = publish_response(SYSTEM, response, now=NOW + timedelta(days=1))
    assert (response.name, again.published_at) == ("Banjir Lotim", NOW)
    assert [area.code for area in areas_of(response)] == [LOTIM, DANGER]
    assert list(Act.objects.filter(ref_id=response.pk).order_by("pk").values_list("act", flat=True)) == [
        "activities.open_response",
        "activities.edit_response",
        "activities.publish_response",
    ]


@denies(open_response, edit_response, publish_response)
def test_only_who_leads_the_network_opens_and_publishes(cast: Cast) -> None:
    response = make_response(cast.network, published=False)
    given = {"name": "Banjir", "areas": [place(LOTIM)], "valid_from": FLOOD, "now": NOW}
    for player in (cast.ani, cast.budi, cast.eko, cast.gede):
        with pytest.raises(Denied):
            open_response(player.actor, cast.network, **given)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            edit_response(player.actor, response, {"name": "Lain"}, seen=1, now=NOW)
        with pytest.raises(NotFound):
            publish_response(player.actor, response, now=NOW)
    made = open_response(cast.dewi.actor, cast.network, **given)  # type: ignore[arg-type]
    assert publish_response(cast.dewi.actor, made, now=NOW).published_at == NOW
    with pytest.raises(Denied):
        edit_response(cast.gede.actor, made, {"name": "Lain"}, seen=1, now=NOW)


def test_a_draft_is_seen_by_who_leads_it_alone(cast: Cast) -> None:
    draft = make_response(cast.network, published=False)
    shown = make_response(cast.network)
    assert list(responses_for(Anonymous())) == [shown]
    assert list(responses_for(cast.ani.actor)) == [shown]
    assert set(responses_for(cast.dewi.actor)) == {draft, shown}
    with pytest.raises(NotFound):
        response_for(cast.fitri.actor, draft.pk)


def test_the_same_id_twice_is_one_response() -> None:
    network, key = make_network(), uuid7()
    assert opened(network, response_id=key) == opened(network, response_id=key)
    assert Response.objects.count() == 1
    with pytest.raises(Conflict) as taken:
        opened(make_network("Jaringan Lain"), response_id=key)
    assert taken.value.code == "id_taken"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "name_needed"),
        ({"areas": []}, "areas_needed"),
        ({"valid_until": FLOOD}, "period_reversed"),
    ],
)
def test_what_a_response_lacks_is_told_beside_its_field(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        opened(make_network(), **changed)
    assert refusal.value.code == code
    assert refusal.value.field


def test_a_foundation_leads_no_response() -> None:
    with pytest.raises(Invalid) as refusal:
        opened(make_organisation())
    assert refusal.value.code == "network_needed"


def test_of_two_who_change_it_the_second_is_shown_the_first() -> None:
    response = make_response()
    edit_response(SYSTEM, response, {"name": "Satu"}, seen=1, now=NOW)
    with pytest.raises(Conflict) as met:
        edit_response(SYSTEM, response, {"name": "Dua"}, seen=1, now=NOW)
    assert met.value.theirs == {"name": "Satu"}


def test_a_response_of_a_hidden_network_is_out_of_sight() -> None:
    network = make_organisation(name="Jaringan Tersembunyi", kind="OT.N", hidden=True)
    response = make_response(network)
    assert not responses_for(Anonymous()).exists()
    assert list(responses_for(someone(network, "organisation.see_protected"))) == [response]


def test_the_map_begins_at_the_smallest_area_that_holds_all() -> None:
    assert root_of([]) == ""
    assert root_of([place(DANGER), place("52.03.17.2002")]) == "52.03"
    assert root_of([place(DANGER), place("52.08")]) == "52"
    assert root_of([place(DANGER), place("36.02")]) == ""
