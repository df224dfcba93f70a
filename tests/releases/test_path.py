"""There is one way to a release: what else is written into the tables is found, and nothing else writes there."""

import ast
from datetime import timedelta
from typing import Final

import pytest

from simpul.releases import health
from simpul.releases.models import Approval, Head, PublishedCell, Release
from simpul.releases.verifying import verify_books
from tests.architecture.source import ROOT
from tests.cast import Cast
from tests.factories.releases import a_month, at_home, decided, over, released

PUBLISHED: Final = {"Release", "PublishedCell", "Approval", "Head", "Batch"}
WRITERS: Final = {
    "src/simpul/releases/services/publishing.py": {"Release", "PublishedCell", "Approval", "Head"},
    "src/simpul/releases/services/batches.py": {"Batch"},
}
WRITING: Final = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "delete", "bulk_update"}
LATER = over("2025-01")


def written(tree: ast.Module) -> set[str]:
    """Which of the published tables a module makes rows of, or changes some in."""
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        names = {node.id for node in ast.walk(call.func) if isinstance(node, ast.Name)}
        makes = isinstance(call.func, ast.Name) or (isinstance(call.func, ast.Attribute) and call.func.attr in WRITING)
        found |= names & PUBLISHED if makes else set()
    return found


def test_rows_of_releases_are_written_in_one_module() -> None:
    found = {}
    for path in sorted((ROOT / "src" / "simpul").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if "simpul.releases.models" in source and (names := written(ast.parse(source))):
            found[str(path.relative_to(ROOT))] = names
    assert found == WRITERS


def test_the_look_for_writers_finds_them() -> None:
    assert written(ast.parse("Release.objects.filter(x=1).update(y=2)\nPublishedCell(a=1)")) == {
        "Release",
        "PublishedCell",
    }
    assert written(ast.parse("Release.objects.filter(x=1).count()")) == set()


@pytest.fixture
def january(cast: Cast) -> Cast:
    at_home(cast)
    a_month()
    return cast


def test_a_release_that_one_person_agreed_to_is_found(january: Cast) -> None:
    """As somebody with the keys of the database would slip it in: a line of its own, at the chain's end."""
    first = released(january, now=LATER)[0]
    proposal = decided(january, now=over("2025-02"))
    Approval.objects.create(
        proposal=proposal,
        person=january.fitri.actor.person_id,
        digest=str(proposal.digest),
        reason="",
        approved_at=LATER,
    )
    slipped = Release.objects.create(
        book=first.book, proposal=proposal, number=2, audience="public", period="2025-02", line=first.line,
        period_from=first.period_until, period_until=first.period_until + timedelta(days=28), digest="1" * 64,
        before=first.digest, certificate="", certificate_digest="1" * 64, declared=0, published=0, protected=0,
        tables=0, published_at=LATER,
    )  # fmt: skip
    Head.objects.update(number=2, digest=slipped.digest)
    assert [finding.level for finding in health.two_people_agreed(LATER)] == ["FAIL"]
    assert [finding.level for finding in health.chain_is_whole(LATER)] == ["FAIL"]


def test_what_two_people_agreed_to_is_what_is_out(january: Cast) -> None:
    released(january, now=LATER)
    assert [finding.level for finding in health.two_people_agreed(LATER)] == ["OK"]
    assert [book.wrong for book in verify_books()] == [""]
    for release in Release.objects.all():
        given = release.proposal.approvals.all()
        assert len({one.person for one in given}) == 2
        assert all(one.reason for one in given)
        assert PublishedCell.objects.filter(release=release).count() == release.published
