"""Organisations, programmes and memberships in a thread: what each reader sees of them, and who may link them."""

import pytest
from django.utils.translation import override

from simpul.kernel.actor import Anonymous, System
from simpul.organisations.models import Organisation
from simpul.threads import registry
from simpul.threads.queries import dangling, thread_for
from simpul.threads.services import link_records
from tests.factories.networks import NOW, admit, holder, make_network, make_programme
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def test_each_kind_is_titled_and_linkable_by_its_keeper() -> None:
    network, member = make_network("SIMPUL LOTIM"), make_organisation(name="LRC")
    [membership] = admit(network, member)
    programme = make_programme(member)
    refs = [network.ref, member.ref, membership.ref, programme.ref]
    with override("id"):
        knots = registry.resolve(refs, holder("thread.link", member))
    assert [knots[ref].title for ref in refs] == ["SIMPUL LOTIM", "LRC", "LRC – SIMPUL LOTIM", "Program MADANI"]
    assert [knots[ref].linkable for ref in refs] == [False, True, False, True]
    with override("en"):
        assert registry.resolve([programme.ref], Anonymous())[programme.ref].title == "MADANI Programme"
    assert {knot.linkable for knot in registry.resolve(refs, Anonymous()).values()} == {False}
    assert {knot.linkable for knot in registry.resolve(refs, System()).values()} == {True}


def test_a_hidden_organisation_and_what_it_keeps_are_left_out() -> None:
    network, hidden = make_network(), make_organisation()
    [membership] = admit(network, hidden)
    programme = make_programme(hidden)
    link_records(System(), network.ref, "affects", hidden.ref, now=NOW)
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    refs = [network.ref, hidden.ref, membership.ref, programme.ref]
    assert set(registry.resolve(refs, Anonymous())) == {network.ref}
    assert [knot.ref for knot in thread_for(Anonymous(), network.ref)] == [network.ref]
    assert [knot.ref for knot in thread_for(System(), network.ref)] == [network.ref, hidden.ref]
    assert list(dangling()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_resolving_is_one_query_a_kind(rows: int, django_assert_num_queries: pytest.FixtureRequest) -> None:
    network = make_network()
    memberships = admit(network, *(make_organisation() for _ in range(rows)))
    programmes = [make_programme(network) for _ in range(rows)]
    refs = [
        network.ref,
        *(m.ref for m in memberships),
        *(m.member.ref for m in memberships),
        *(p.ref for p in programmes),
    ]
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(registry.resolve(refs, holder("thread.link", network))) == len(refs)
