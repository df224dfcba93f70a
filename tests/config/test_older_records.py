"""Records of an older version are all there after an update, and what the update derives from them is right."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.backup.places import ENGINES, Place, backup_in, place

pytestmark = pytest.mark.process

OLDER = [("organisations", "0019_headlines"), ("access", "0002_periods_and_append_only"), ("audit", "0002_append_only")]
WRITE = f"""
import django
django.setup()
from datetime import UTC, date, datetime
from django.db import connection
from simpul.config.whole_steps import WholeSteps
from simpul.kernel.ids import uuid7_from
now = datetime(2026, 11, 1, tzinfo=UTC)
targets = {OLDER!r}
executor = WholeSteps(connection)
executor.migrate(targets)
apps = executor.loader.project_state(targets).apps
def make(model, seed, **values):
    return apps.get_model(model).objects.create(id=uuid7_from(seed, now), **values)
for seed, hidden in (("open", False), ("hidden", True)):
    it = make("organisations.Organisation", seed, kind="OT.N", name=seed, sort_key=seed, in_safety_mode=hidden)
    make("organisations.OrganisationName", seed, organisation=it, name=seed, recorded_at=now)
    apps.get_model("organisations.DirectoryTerm").objects.create(term=seed, organisation=it)
    apps.get_model("organisations.DirectoryFacet").objects.create(facet="kind:OT.N", sort_key=seed, organisation=it)
network, member = apps.get_model("organisations.Organisation").objects.order_by("in_safety_mode")
make("organisations.Membership", "in", network=network, member=member, valid_from=date(2020, 1, 1), recorded_at=now)
person = make("people.Person", "person", name="Ani")
grant = dict(role="secretariat", organisation=network, valid_from=now.date(), reason="x")
make("access.Grant", "grant", person=person, recorded_at=now, **grant)
apps.get_model("audit.Act").objects.create(
    actor_kind="system", act="tests.write_row", ref_kind="tests.row", ref_id=network.pk
)
"""
READ = """
import django, json
django.setup()
from simpul.access.models import Grant
from simpul.audit.models import Act
from simpul.people.models import Person
from simpul.organisations.models import DirectoryFacet, DirectoryTerm, Membership, Organisation, OrganisationName
from simpul.organisations.queries.directory import Search, directory
from simpul.kernel.actor import Anonymous
found = directory(Anonymous(), Search(kind="OT.N"))
print(json.dumps({
    "organisations": list(Organisation.objects.order_by("name").values_list("name", "in_safety_mode")),
    "names": list(OrganisationName.objects.order_by("name").values_list("name", flat=True)),
    "terms": list(DirectoryTerm.objects.order_by("term").values_list("term", "hidden")),
    "facets": list(DirectoryFacet.objects.order_by("sort_key").values_list("sort_key", "hidden")),
    "memberships": list(Membership.objects.values_list("network__name", "member__name")),
    "grants": list(Grant.objects.values_list("role", "organisation__name")),
    "persons": [person.name for person in Person.objects.all()],
    "acts": list(Act.objects.filter(act="tests.write_row").values_list("act", flat=True)),
    "public": [found.total, [row.name for row in found.rows]],
}))
"""


@pytest.fixture(params=ENGINES)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path, request.param) as made:
        yield made


def kept(where: Place) -> None:
    assert json.loads(where.ran(READ)) == {
        "organisations": [["hidden", True], ["open", False]],
        "names": ["hidden", "open"],
        "terms": [["hidden", True], ["open", False]],
        "facets": [["hidden", True], ["open", False]],
        "memberships": [["open", "hidden"]],
        "grants": [["secretariat", "open"]],
        "persons": ["Ani"],
        "acts": ["tests.write_row"],
        "public": [1, ["open"]],
    }


def test_records_written_by_an_older_version_are_kept_and_hidden_ones_stay_hidden(older: Place) -> None:
    older.ran(WRITE)
    brought = older.simpul("migrate")
    assert (brought.returncode, brought.stderr) == (0, "")
    if older.engine == "sqlite":
        assert "from an older version; bringing it forward" in brought.stdout
    kept(older)


def test_an_upgrade_takes_a_backup_first_that_leads_back(older: Place, tmp_path: Path) -> None:
    older.ran(WRITE)
    refused = older.simpul("backup", str(tmp_path / "b"))
    assert (refused.returncode, "Run `simpul upgrade`" in refused.stderr) == (1, True)
    said = older.done("upgrade", "--into", str(tmp_path / "b"))
    assert "nothing missing." in said
    assert "To go back: put the earlier program back (git checkout), then restore into a new folder: " in said
    kept(older)
    assert older.done("upgrade") == "The database is at this version already.\n"
    # The backup is of the older version: restored by this one, it is brought forward too, on the other engine as well.
    again = Place("sqlite", tmp_path / "again")
    assert "Brought the database to this version in" in again.done("restore", str(backup_in(tmp_path / "b")))
    kept(again)


@pytest.mark.parametrize("part", [0.2, 0.6, 0.9])
def test_a_database_of_any_earlier_version_is_brought_forward(older: Place, part: float) -> None:
    """As it was after that part of all changes that were ever made to its shape."""
    older.ran(f"""
import django
django.setup()
from django.db import connection
from simpul.config.whole_steps import WholeSteps
runner = WholeSteps(connection)
plan = runner.migration_plan(runner.loader.graph.leaf_nodes())
early = plan[: int(len(plan) * {part})]
runner.migrate(None, plan=early)
""")
    assert "nothing missing." in older.done("upgrade")
    found = {line["subject"]: line["level"] for line in json.loads(older.simpul("check", "--json").stdout)}
    assert (found["migrations"], found["constraints"], found["references"]) == ("OK", "OK", "OK")


def test_an_upgrade_killed_half_way_goes_on(older: Place, tmp_path: Path) -> None:
    older.ran(WRITE)
    killed = older.python("""
import os
import simpul.config.cli as cli
import django
django.setup()
from simpul.config.whole_steps import WholeSteps
one = WholeSteps.apply_migration
done = []
def apply(self, *given, **named):
    if len(done) == 2:
        os._exit(9)
    done.append(1)
    return one(self, *given, **named)
WholeSteps.apply_migration = apply
cli.main(["upgrade"])
""")
    assert killed.returncode == 9
    assert "nothing missing." in older.done("upgrade")
    kept(older)
