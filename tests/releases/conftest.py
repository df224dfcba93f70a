"""A quarter that is out: worked out once, and put back for every test that asks."""

import pytest
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, Stage, build_cast
from tests.factories.releases import a_quarter, at_home, over, released


def build_quarter() -> Cast:
    """January to March 2025, released month by month, and the first quarter for two audiences."""
    cast = build_cast()
    at_home(cast)
    a_quarter()
    for month in ("2025-01", "2025-02", "2025-03"):
        released(cast, now=over(month))
    return cast


@pytest.fixture(scope="session")
def quarter_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Stage:
    with django_db_blocker.unblock():
        return Stage(build_quarter)


@pytest.fixture
def quarter(db: None, quarter_stage: Stage) -> Cast:
    return quarter_stage.set_up()
