"""What tests of any context may ask for."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, Stage
from tests.racing import copied_database

# How long an example takes says what else the machine does, not whether a property holds. In CI it is so by default.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if hypothesis.settings.get_current_profile_name() == "default":
    hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """Where collected files would lie: empty, so that pages name plain files, but there."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Stage:
    with django_db_blocker.unblock():
        return Stage()


@pytest.fixture
def cast(db: None, stage: Stage) -> Cast:
    """The cast and their organisations, fresh for this test."""
    return stage.set_up()


@pytest.fixture
def raced(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database that threads may write to at once, and that nothing of is left."""
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield
