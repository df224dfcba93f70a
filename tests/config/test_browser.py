"""The frame of browser tests itself: a page comes from the live server, and asks nothing of anybody else."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_front_door_opens_on_a_phone(phone: "Page") -> None:
    answer = phone.goto("/")
    assert answer is not None
    assert answer.status == 200
    assert phone.evaluate("window.innerWidth") == 360
