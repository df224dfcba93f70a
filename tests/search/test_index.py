from datetime import UTC, datetime

import pytest
from django.db import connection

from simpul.kernel.health import Level
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.search import index
from simpul.search.health import index_says_what_records_say
from simpul.search.index import Drift, Publication, declare, drift, publish, rebuild
from simpul.search.models import Entry
from simpul.search.queries import find

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 2, 7, tzinfo=UTC)


def thing(title: str) -> Publication:
    return Publication(RecordRef("tests.thing", uuid7()), "thing", title)


def test_rebuild_mends_what_drifted(sources: None) -> None:
    missing, changed, right, gone = thing("Hilang"), thing("Berubah"), thing("Benar"), thing("Usang")
    publish(Publication(changed.ref, "thing", "Dulu"))
    publish(right)
    publish(gone)
    declare("tests.thing", lambda: [missing, changed, right])
    assert drift() == Drift((missing.ref, changed.ref), (gone.ref,))
    assert [f.level for f in index_says_what_records_say(NOW)] == [Level.FAIL, Level.WARN]
    assert rebuild() == 3
    assert not drift()
    assert [f.level for f in index_says_what_records_say(NOW)] == [Level.OK]
    assert rebuild() == 0
    assert find("usang").hits == ()
    assert [hit.ref for hit in find("berubah").hits] == [changed.ref]


def test_rebuild_works_through_batches(sources: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    things = [thing(f"Lentera {n}") for n in range(5)]
    declare("tests.thing", lambda: things)
    assert rebuild() == 5
    assert find("lentera").total == 5


def test_declare_refuses_a_second_source(sources: None) -> None:
    declare("tests.thing", list)
    with pytest.raises(ValueError, match="two contexts"):
        declare("tests.thing", tuple)


def test_full_text_follows_bulk_changes() -> None:
    publish(thing("Lentera"))
    Entry.objects.update(title_words="cahaya", title_key="cahaya")
    assert find("lentera").hits == ()
    assert find("cahaya").total == 1
    Entry.objects.all().delete()
    assert find("cahaya").hits == ()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('integrity-check')")
