"""The plan adds up to the totals of the source documents, whatever way it splits them."""

from collections import Counter

from simpul.demo.acceptance.plan import make_plan


def test_plan_covers_thirty_two_regencies_in_six_provinces() -> None:
    forums = make_plan().forums
    assert len({forum.regency for forum in forums}) == len(forums) == 32
    assert sorted(Counter(forum.regency[:2] for forum in forums).values()) == [4, 4, 6, 6, 6, 6]


def test_plan_has_exactly_396_organisations_in_forums_and_44_in_two() -> None:
    plan = make_plan()
    forums_of = Counter(key for forum in plan.forums for key in forum.members)
    assert set(forums_of) == {organisation.key for organisation in plan.local}
    assert Counter(forums_of.values()) == {1: 352, 2: 44}


def test_plan_has_one_lead_partner_a_regency_on_any_day_and_one_change() -> None:
    leads = make_plan().leads
    current = [lead for lead in leads if lead.until is None]
    assert len({lead.organisation for lead in current}) == len(current) == 32
    assert [lead.regency for lead in leads if lead.until] == ["73.10"]


def test_plan_networks_overlap_so_that_a_naive_sum_counts_too_many() -> None:
    plan = make_plan()
    assert len(plan.networks) == 20
    assert sum(len(n.members) for n in plan.networks) > len({k for n in plan.networks for k in n.members}) == 498
    assert all(len(set(network.members)) == len(network.members) for network in plan.networks)


def test_plan_repeats_itself_and_never_repeats_a_name() -> None:
    plan = make_plan()
    assert plan == make_plan()
    names = [organisation.name for organisation in (*plan.local, *plan.provincial)]
    assert len(set(names)) == len(names)
