"""Two people tie the same records at one moment."""

import pytest

from simpul.kernel.actor import System
from simpul.threads.models import Link
from simpul.threads.services import link_records
from tests.racing import at_once
from tests.threads.conftest import NOW, Shelf

pytestmark = [pytest.mark.racing, pytest.mark.usefixtures("raced")]


def test_racing_requests_make_one_link(briefs: Shelf, rulings: Shelf) -> None:
    for _ in range(5):
        brief, ruling = briefs.put("Ringkasan"), rulings.put("Perbup")
        act = lambda b=brief, r=ruling: link_records(System(), b, "leads_to", r, now=NOW)  # noqa: E731
        first, second, third = at_once(act, act, act)
        assert first == second == third
        assert Link.objects.filter(source_id=brief.uuid).count() == 1
