"""What somebody may read of what was published, and what those see who decide on it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.localized import LocalizedText
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.releases.facts import published_cells
from simpul.releases.models import PublishedCell, Release
from simpul.releases.models.proposals import State
from simpul.releases.queries.proposals import Agreement, preview_for, proposal_for, proposals_for
from simpul.releases.queries.published import (
    annotations_of,
    cell_for,
    cells_for,
    periods_for,
    places_for,
    release_for,
    releases_for,
    tables_for,
)
from simpul.releases.queries.turns import desk_for
from simpul.releases.rules import audience_of
from simpul.releases.services.proposing import propose_release
from simpul.releases.services.publishing import annotate_release, approve_release
from simpul.releases.tables import TABLES, Audience
from simpul.threads.registry import resolve
from tests.cast import Cast
from tests.factories.releases import WHY, a_month, at_home, decided, over

LATER = over("2025-01")
PUBLIC = Anonymous()


@pytest.mark.parametrize(
    ("who", "audience"),
    [
        ("publik", Audience.PUBLIC),
        ("ani", Audience.PUBLIC),
        ("joko", Audience.PUBLIC),
        ("indah", Audience.GOVERNMENT),
        ("eko", Audience.GOVERNMENT),
        ("budi", Audience.VILLAGE),
        ("kartika", Audience.VILLAGE),
        ("fitri", Audience.VILLAGE),
        ("dewi", Audience.VILLAGE),
    ],
)
def test_audiences_are_nested_by_what_somebody_works_at(cast: Cast, who: str, audience: Audience) -> None:
    at_home(cast)
    actor = getattr(cast, who).actor
    assert audience_of(actor) is audience
    assert all(table.audience.tier <= audience.tier for table in tables_for(actor))
    assert len(tables_for(actor)) == sum(table.audience.tier <= audience.tier for table in TABLES.values())


def test_an_official_of_a_village_reads_as_the_village_does(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.agency.pk).update(kind=OrganisationKind.VILLAGE_GOVERNMENT)
    assert audience_of(cast.indah.actor) is Audience.VILLAGE


def test_blanks_are_all_alike(quarter: Cast) -> None:
    cells = list(cells_for(PUBLIC, "regency-quarter", period="2025-Q1"))
    by_key = {(c.area, c.type, c.sex): c for c in cells}
    assert len(by_key) == len(cells) == 3 * 18 * 4  # places, types, sexes with all together
    assert any(cell.count is not None for cell in cells)
    small, none, hidden = by_key["52.02", "K", ""], by_key["32.71", "DS", "P"], by_key["52.03", "PA", ""]
    assert {(c.count, c.id) for c in (small, none, hidden)} == {(None, None)}


def test_a_table_is_read_by_its_audience_alone(quarter: Cast) -> None:
    assert list(cells_for(quarter.indah.actor, "regency-quarter-age", period="2025-Q1"))
    for actor, table in ((PUBLIC, "regency-quarter-age"), (quarter.indah.actor, "village-year-sex"), (PUBLIC, "none")):
        with pytest.raises(NotFound):
            list(cells_for(actor, table))
        with pytest.raises(NotFound):
            periods_for(actor, table)
        with pytest.raises(NotFound):
            places_for(actor, table, "2025-Q1")


def test_cells_are_asked_for_by_place_and_by_what_they_tell(quarter: Cast) -> None:
    within = list(cells_for(PUBLIC, "regency-quarter", within="52", type="AD", sex=""))
    assert [c.area for c in within] == ["52.02", "52.03"]
    chosen = list(cells_for(PUBLIC, "regency-quarter", places=["32.71"], type="", sex=""))
    assert [(c.area, c.period) for c in chosen] == [("32.71", "2025-Q1")]
    months = cells_for(PUBLIC, "province-month", within="52", type="social")
    assert [c.period for c in months] == ["2025-01", "2025-02", "2025-03"]
    assert places_for(PUBLIC, "regency-quarter", "2025-Q1") == ("32.71", "52.02", "52.03")
    assert [row.label for row in periods_for(PUBLIC, "province-month")] == ["2025-01", "2025-02", "2025-03"]


def test_a_table_is_read_in_three_statements_whatever_its_size(quarter: Cast) -> None:
    list(cells_for(PUBLIC, "province-month"))  # the book is read once a process
    for asked in ({}, {"period": "2025-01"}, {"within": "52"}):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            list(cells_for(PUBLIC, "province-month", **asked))  # type: ignore[arg-type]
        assert len(caught) == 2


def test_every_published_count_has_an_address_of_its_own(quarter: Cast) -> None:
    for cell in cells_for(PUBLIC, "nation-month", period="2025-01"):
        if cell.id is not None:
            found = cell_for(PUBLIC, cell.id)
            assert (found.count, found.type, found.sex) == (cell.count, cell.type, cell.sex)
    release = Release.objects.get(audience="government")
    inner = PublishedCell.objects.create(
        release=release, table="regency-quarter-age", tier=1, level=2, area="52.03", depth=0, age="adult", count=50,
        period=release.period, period_from=release.period_from, period_until=release.period_until,
    )  # fmt: skip
    assert cell_for(quarter.indah.actor, inner.pk) == inner
    for cell_id in (inner.pk, uuid4()):
        with pytest.raises(NotFound):
            cell_for(PUBLIC, cell_id)


def test_releases_are_told_with_what_was_said_of_them(quarter: Cast) -> None:
    assert [one.period for one in releases_for(PUBLIC)] == ["2025-Q1", "2025-03", "2025-02", "2025-01"]
    every = list(releases_for(quarter.indah.actor))
    assert [one.audience for one in every] == ["government", "public", "public", "public", "public"]
    january = every[-1]
    cell = january.cells.first()
    assert cell is not None
    text = LocalizedText(id="Dua kasus ternyata sama.")
    annotate_release(quarter.fitri.actor, january, kind="corrected", text=text, cell=cell, now=LATER)
    annotate_release(quarter.fitri.actor, january, kind="note", text=text, now=LATER)
    found = release_for(PUBLIC, january.pk)
    assert [one.kind for one in found.annotations.all()] == ["note"]
    assert [one.kind for one in annotations_of(january, cell)] == ["corrected", "note"]
    with pytest.raises(NotFound):
        release_for(PUBLIC, every[0].pk)


def test_facts_are_of_what_everybody_may_read(quarter: Cast) -> None:
    assert published_cells().exists()
    assert not published_cells().filter(tier__gt=0).exists()
    until_february = published_cells(as_of=over("2025-02"))
    assert set(until_february.values_list("period", flat=True)) <= {"2025-01", "2025-02"}


def test_who_decides_sees_what_it_hides_and_what_that_costs(cast: Cast) -> None:
    at_home(cast)
    a_month()
    proposal = decided(cast, now=LATER)
    row = proposal_for(cast.dewi.actor, proposal.pk)
    assert (row.period, row.state, row.refusal) == ("2025-01", State.READY, "")
    (cost,) = row.costs
    assert cost.declared == cost.published + cost.below + cost.beyond
    assert cost.blank == cost.below + cost.beyond > 0
    assert 0 <= cost.value_share < 100
    shown = {(c.area, c.type): c.count for c in preview_for(cast.fitri.actor, proposal.pk, "province-month")}
    assert shown["52", ""] == 112
    assert shown["52", "PA"] is None
    assert not list(preview_for(cast.fitri.actor, proposal.pk, "village-year"))
    approve_release(cast.fitri.actor, proposal, digest=row.digest, reason=WHY, now=LATER)
    again = proposal_for(cast.dewi.actor, proposal.pk)
    assert (again.state, again.approvals) == (State.APPROVED, (Agreement(cast.fitri.actor.person_id, LATER, WHY),))
    approve_release(cast.dewi.actor, proposal, digest=row.digest, reason=WHY, now=LATER)
    published = {(c.area, c.type): c.count for c in cells_for(PUBLIC, "province-month")}
    assert published == shown
    assert [one.state for one in proposals_for(cast.fitri.actor)] == [State.PUBLISHED]


def test_the_desk_says_what_comes_next(cast: Cast) -> None:
    at_home(cast)
    assert desk_for(cast.fitri.actor).next_month is None
    a_month()
    desk = desk_for(cast.fitri.actor)
    assert (desk.next_month, desk.standing, desk.may_propose, desk.may_approve, desk.broken) == (
        "2025-01", None, True, True, "",
    )  # fmt: skip
    proposal = propose_release(cast.fitri.actor, now=LATER)
    standing = desk_for(cast.dewi.actor).standing
    assert standing is not None
    assert (standing.id, standing.state) == (proposal.pk, State.COMPUTING)
    with pytest.raises(NotFound):
        list(preview_for(cast.fitri.actor, proposal.pk, "province-month"))


@pytest.mark.parametrize("who", ["ani", "budi", "indah", "joko", "kartika", "publik"])
def test_nobody_else_sees_what_is_proposed(cast: Cast, who: str) -> None:
    at_home(cast)
    a_month()
    proposal = propose_release(cast.fitri.actor, now=LATER)
    actor = getattr(cast, who).actor
    for read in (
        lambda: proposals_for(actor),
        lambda: proposal_for(actor, proposal.pk),
        lambda: list(preview_for(actor, proposal.pk, "province-month")),
        lambda: desk_for(actor),
    ):
        with pytest.raises(Denied):
            read()


def test_a_published_number_is_evidence_in_a_thread(quarter: Cast) -> None:
    cell = PublishedCell.objects.get(table="nation-month", period="2025-01", type="", sex="")
    inner = Release.objects.get(audience="government")
    outer = Release.objects.get(audience="public", period="2025-01")
    refs = [cell.ref, inner.ref, outer.ref]
    seen = resolve(refs, PUBLIC)
    assert set(seen) == {cell.ref, outer.ref}
    assert seen[cell.ref].title.startswith("137 · ")
    assert not seen[cell.ref].linkable
    assert set(resolve(refs, quarter.indah.actor)) == set(refs)
    assert resolve([cell.ref], quarter.ani.actor)[cell.ref].linkable
