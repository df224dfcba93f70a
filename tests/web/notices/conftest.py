from collections.abc import Iterator

import pytest

from tests.factories.notices import kinds_of_tests


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with kinds_of_tests():
        yield
