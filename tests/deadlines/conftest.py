"""Clocks of tests run on organisations: any record will do, its teller being the usual one."""

import pytest

from simpul.deadlines import telling
from simpul.deadlines.queries import holders

KIND = "organisations.organisation"


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(telling._tellers, KIND, holders)
