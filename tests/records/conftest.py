"""The tables of `plots`, with the constraints their migrations would have made."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.state import ModelState, ProjectState
from pytest_django import DjangoDbBlocker

from tests.records.plots import MODELS, OPERATIONS, apply


def state() -> ProjectState:
    made = ProjectState()
    for model in MODELS:
        made.add_model(ModelState.from_model(model))
    return made


@pytest.fixture(scope="session")
def plot_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ProjectState]:
    project = state()
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        yield project
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.delete_model(model)


@pytest.fixture
def plots(plot_tables: ProjectState, db: None) -> None:
    """The tables with every operation applied, within the test's transaction."""
    for operation in OPERATIONS[:2]:
        apply(operation, plot_tables)
