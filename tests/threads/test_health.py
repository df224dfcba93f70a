"""Links that lead nowhere are reported, and nothing else is."""

from datetime import timedelta

import pytest

from simpul.kernel.actor import System
from simpul.kernel.health import Level
from simpul.threads.health import links_lead_somewhere
from simpul.threads.services import link_records
from tests.threads.conftest import NOW, Shelf

pytestmark = pytest.mark.django_db


def test_sound_links_are_one_line_of_comfort(briefs: Shelf, rulings: Shelf) -> None:
    link_records(System(), briefs.put("Ada"), "leads_to", rulings.put("Juga"), now=NOW)
    assert [(f.level, f.message) for f in links_lead_somewhere(NOW)] == [(Level.OK, "every link leads somewhere")]


def test_lost_links_are_counted_and_the_first_named_without_titles(briefs: Shelf, rulings: Shelf) -> None:
    start = briefs.put("Ada")
    for minute in range(5):
        end = rulings.put("Rahasia")
        link_records(System(), start, "leads_to", end, now=NOW + timedelta(minutes=minute))
        del rulings.titles[end.uuid]
    (found,) = links_lead_somewhere(NOW)
    assert found.level is Level.WARN
    assert found.message.startswith("5 links lead nowhere: ")
    assert found.message.endswith(" and 2 more")
    assert "Rahasia" not in found.message
    assert found.remedy
