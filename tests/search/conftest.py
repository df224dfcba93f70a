from collections.abc import Iterator

import pytest

from simpul.search import index


@pytest.fixture
def sources() -> Iterator[None]:
    """What a test declares is forgotten after it; what the contexts declare is set aside."""
    kept = dict(index._sources)
    index._sources.clear()
    yield
    index._sources.clear()
    index._sources.update(kept)
