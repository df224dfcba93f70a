"""The whole list, loaded once for the tests that need all of it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from simpul.kernel.actor import System
from simpul.territory.services import load_listing
from tests.factories.territory import listing

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _whole_list(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All 91,599 areas within a transaction that is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_listing(System("tests"), listing(), now=NOW)
        with connection.cursor() as cursor:
            # PostgreSQL may have planned the checks of foreign keys while the table was small.
            cursor.execute("ANALYZE")
        # Once here, or each test would pay for all of them again when its savepoint is rolled back.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def indonesia(_whole_list: None, db: None) -> None:
    """Every area of the country; what a test writes is undone after it."""
