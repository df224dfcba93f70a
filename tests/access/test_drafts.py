"""Answers of a first run wait sealed, for half an hour."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from simpul.access.drafts import LIVES, draft, drop_draft, keep_draft
from simpul.access.models import OpeningDraft
from simpul.access.setup_code import is_setup_code, setup_code

NOW = datetime(2025, 2, 7, tzinfo=UTC)


@pytest.mark.django_db
def test_draft_is_read_back_until_it_expires() -> None:
    kept = keep_draft(None, {"coordinator": "Budi"}, logo=None, now=NOW)
    again = keep_draft(kept.pk, {"coordinator": "Budi", "name": "Lentera"}, logo=b"png", now=NOW)
    assert again.pk == kept.pk
    found = draft(kept.pk, now=NOW + LIVES - timedelta(seconds=1))
    assert found is not None
    assert found.answers.open() == {"coordinator": "Budi", "name": "Lentera"}
    assert draft(kept.pk, now=NOW + LIVES) is None


@pytest.mark.django_db
def test_draft_keeps_its_logo_when_another_page_is_answered() -> None:
    kept = keep_draft(None, {}, logo=b"png", now=NOW)
    keep_draft(kept.pk, {"name": "Lentera"}, logo=None, now=NOW)
    found = draft(kept.pk, now=NOW)
    assert found is not None
    assert bytes(found.logo) == b"png"


@pytest.mark.django_db
def test_draft_never_lies_in_clear() -> None:
    keep_draft(None, {"coordinator": "Budi Contoh"}, logo=None, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM access_openingdraft")
        assert "Budi" not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_expired_drafts_go_with_the_next_one_and_a_dropped_one_at_once() -> None:
    keep_draft(None, {}, logo=None, now=NOW)
    later = keep_draft(None, {}, logo=None, now=NOW + LIVES)
    assert list(OpeningDraft.objects.values_list("pk", flat=True)) == [later.pk]
    drop_draft(later.pk)
    assert not OpeningDraft.objects.exists()


def test_setup_code_is_forgiving_of_typing_and_of_nothing_else() -> None:
    assert is_setup_code(setup_code().lower().replace("-", " "))
    assert not is_setup_code("")
    assert not is_setup_code("0000-0000")
