"""The first load of a page, compressed, within its budget: 60 kB to read, 100 kB to work."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import Cast

READING, WORK = 60_000, 100_000


def weight(html: bytes) -> dict[str, int]:
    """Bytes of the page and of everything it loads; fonts are compressed already."""
    loaded = {"page": len(gzip.compress(html, 6))}
    names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html.decode())) | {"icons.svg"}
    for name in names:
        content = Path(str(finders.find(name))).read_bytes()
        loaded[name] = len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9))
    return loaded


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/kerahasiaan/", "/cara-menghitung/"])
def test_pages_to_read_are_light(client: Client, address: str) -> None:
    loaded = weight(client.get(address).content)
    assert sum(loaded.values()) <= READING, loaded
    assert not any("htmx" in name for name in loaded)


def test_pages_of_work_are_light(cast: Cast) -> None:
    loaded = weight(cast.ani.client().get("/").content)
    assert sum(loaded.values()) <= WORK, loaded


def test_style_sheets_stay_under_14_kilobytes() -> None:
    sheets = [Path(str(finders.find(f"css/{name}.css"))).read_bytes() for name in ("base", "components", "print")]
    assert sum(len(gzip.compress(sheet, 9)) for sheet in sheets) <= 14_000
