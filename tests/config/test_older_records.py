"""Records of an older version are all there after an update, and what the update derives from them is right."""

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT
from tests.config.command_line import environment, simpul

OLDER = [("organisations", "0019_headlines"), ("access", "0002_periods_and_append_only"), ("audit", "0002_append_only")]
WRITE = f"""
import django
django.setup()
from datetime import UTC, date, datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from simpul.kernel.ids import uuid7_from
now = datetime(2026, 11, 1, tzinfo=UTC)
targets = {OLDER!r}
executor = MigrationExecutor(connection)
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


def test_records_written_by_an_older_version_are_kept_and_hidden_ones_stay_hidden(tmp_path: Path) -> None:
    def run(script: str) -> str:
        settings = environment(tmp_path, DJANGO_SETTINGS_MODULE="simpul.config.settings")
        done = subprocess.run(
            [sys.executable, "-c", script], env=settings, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run(WRITE)
    brought = simpul(tmp_path, "migrate")
    assert (brought.returncode, brought.stderr) == (0, "")
    assert "from an older version; bringing it forward" in brought.stdout
    assert json.loads(run(READ)) == {
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
