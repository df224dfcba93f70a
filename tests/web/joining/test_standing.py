"""A membership's standing: each side writes down what is its own, and both read who decided and why."""

import pytest

from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership, MembershipDecision
from simpul.organisations.queries.membership_life import standing_on
from simpul.organisations.services.membership_life import decide_membership
from simpul.organisations.services.standing import confirm_active
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM

pytestmark = pytest.mark.django_db

ON = "2025-02-10"


@pytest.fixture
def membership(cast: Cast) -> Membership:
    return Membership.objects.get(member=cast.lentera, network=cast.forum)


def written(act: str, **more: str) -> dict[str, str]:
    return {"key": str(uuid7()), "act": act, "effective_on": ON, "why": "Pengurus berganti", **more}


def test_the_member_goes_on_leave_and_the_network_reads_why(cast: Cast, membership: Membership) -> None:
    path, sent = f"/kelola/keanggotaan/{membership.pk}/keadaan/", written("put_on_leave", until="2031-01-01")
    for _ in range(2):
        assert cast.budi.client().post(path, sent).status_code == 302
    decision = MembershipDecision.objects.get()
    assert decision.entered_by == cast.budi.actor.person_id
    assert "Pengurus berganti" in cast.eko.client().get(path).content.decode()
    members = cast.eko.client().get(f"/kelola/{cast.forum.pk}/anggota/").content.decode()
    assert "Cuti" in members
    assert "1 cuti" in cast.publik.client().get(f"/jejaring/{cast.forum.pk}/anggota/").content.decode()


def test_the_network_expels_with_an_organ_or_is_asked_for_it(cast: Cast, membership: Membership) -> None:
    browser, path = cast.eko.client(), f"/kelola/keanggotaan/{membership.pk}/keadaan/"
    answer = browser.post(path, written("expel"))
    assert (answer.status_code, "decided_by" in answer.context["form"].errors) == (422, True)
    assert "Pengurus berganti" in answer.content.decode()
    organ = {"decided_by": "Rapat anggota", "decided_on": "2025-02-01", "minutes": "Notulen 9"}
    assert browser.post(path, written("expel", **organ)).status_code == 302
    ended = Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None)
    assert ended.end_reason == "expelled"
    text = browser.get(f"/kelola/keanggotaan/{ended.pk}/keadaan/").content.decode()
    assert "Rapat anggota" in text
    assert 'name="act"' not in text


def test_the_member_is_not_offered_what_is_the_networks(cast: Cast, membership: Membership) -> None:
    path = f"/kelola/keanggotaan/{membership.pk}/keadaan/"
    assert 'value="expel"' not in cast.budi.client().get(path).content.decode()
    assert cast.budi.client().post(path, written("expel")).status_code == 422
    assert 'value="expel"' in cast.eko.client().get(path).content.decode()


def test_a_mistake_is_withdrawn(cast: Cast, membership: Membership) -> None:
    made = decide_membership(SYSTEM, membership, act="put_on_leave", effective_on=NOW.date(), why="Keliru", now=NOW)
    assert cast.eko.client().post(f"/kelola/keanggotaan/putusan/{made.pk}/tarik/").status_code == 302
    assert standing_on(cast.lentera.pk, cast.forum.pk, NOW.date()) == "active"


def test_members_and_active_stand_beside_each_other(cast: Cast) -> None:
    path = f"/kelola/{cast.forum.pk}/anggota/"
    text = cast.eko.client().get(path).content.decode()
    assert "belum ada yang memastikan" in text.lower()
    confirm_active(SYSTEM, cast.lentera, now=NOW)
    assert "7 Februari 2025" in cast.eko.client().get(path).content.decode().replace("\N{NO-BREAK SPACE}", " ")
