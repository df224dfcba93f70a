"""The style guide shows every component, and each room looks like itself."""

from pathlib import Path

import pytest
from django.test import Client

from simpul.web import apps
from simpul.web.gaya import samples

pytestmark = pytest.mark.django_db  # whose Simpul this is stands on every page

COMPONENTS = Path(apps.__file__).parent / "templates" / "components"
FRAME = {"bell", "header", "footer", "language", "messages", "stamp"}  # on every page already


def test_every_component_is_shown() -> None:
    examples = Path(apps.__file__).parent / "gaya" / "templates" / "gaya" / "examples"
    shown = "".join(p.read_text() for p in examples.glob("*.html"))
    names = {p.stem for p in COMPONENTS.glob("*.html")} - FRAME
    missing = {n for n in names if f"components/{n}.html" not in shown and f"{{% {n.replace('-', '_')}" not in shown}
    assert missing == set()


def test_every_example_is_in_a_section() -> None:
    examples = Path(apps.__file__).parent / "gaya" / "templates" / "gaya" / "examples"
    assert sorted(n for s in samples.SECTIONS for n in s.examples) == sorted(p.stem for p in examples.glob("*.html"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_guide_shows_the_line_to_copy(client: Client, language: str) -> None:
    client.cookies["bahasa"] = language
    html = client.get("/gaya/").content.decode()
    assert "{% thread knots _(&quot;From a complaint to its effect&quot;) %}" in html
    assert html.count('class="example"') == sum(len(s.examples) for s in samples.SECTIONS)


@pytest.mark.parametrize(
    ("room", "has", "lacks"),
    [
        ("umum", ['class="ikat"', 'class="share"'], ['class="seal"', "htmx"]),
        ("kerja", ["htmx.min.js", 'class="share"'], ['class="seal"', 'class="ikat"']),
        ("rahasia", ['class="seal"', "noindex"], ['class="share"', 'class="ikat"', "wa.me"]),
        ("cetak", ["css/print.css"], ['class="nav"', 'class="share"', "<form"]),
    ],
)
def test_one_always_knows_which_room_one_is_in(client: Client, room: str, has: list[str], lacks: list[str]) -> None:
    html = client.get(f"/gaya/ruang/{room}/").content.decode()
    assert [x for x in has if x not in html] == []
    assert [x for x in lacks if x in html] == []


def test_a_room_that_does_not_exist(client: Client) -> None:
    assert client.get("/gaya/ruang/gudang/").status_code == 404
