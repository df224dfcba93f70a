"""Quick hashes, and browsers that have idled."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def idle() -> Callable[[Client, int], None]:
    """Let a browser's session have seen no request for so many seconds."""

    def wait(browser: Client, seconds: int) -> None:
        session = browser.session
        session["active_at"] -= seconds
        session.save()

    return wait
