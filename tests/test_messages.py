"""Both languages are complete, and the compiled catalogues are those of the source."""

import subprocess
import sys
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages

ROOT = Path(__file__).resolve().parent.parent


def test_catalogues_are_complete() -> None:
    run = subprocess.run(
        [sys.executable, "tools/messages.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.stdout + run.stderr == "Everything is translated.\n"


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".py", "x = gettext_lazy('Sign in')", [("Sign in", None)]),
        (".py", "ngettext('%(n)s village', '%(n)s villages', n)", [(("%(n)s village", "%(n)s villages"), None)]),
        (".py", "pgettext('month', 'May')", [("May", "month")]),
        (".py", "x = 'Sign in'", []),
        (".html", "<p>\n   {% translate 'Sign in' %}\n <b>it's (</b>", [("Sign in", None)]),
        (".html", "{% include 'a.html' with label=_('Next') %}", [("Next", None)]),
        (".html", "{% blocktranslate trimmed %}\n  One\n  two\n{% endblocktranslate %}", [("One two", None)]),
        (
            ".html",
            "{% blocktranslate count n=n %}{{ n }} knot{% plural %}{{ n }} knots{% endblocktranslate %}",
            [(("%(n)s knot", "%(n)s knots"), None)],
        ),
        (".txt", "{% translate 'May' context 'month' %}", [("May", "month")]),
    ],
)
def test_strings_are_found(
    tmp_path: Path, suffix: str, text: str, expected: list[tuple[str | tuple[str, str], str | None]]
) -> None:
    path = tmp_path / f"source{suffix}"
    path.write_text(text)
    assert [(message, context) for message, _comments, context in messages.strings(path)] == expected


def catalogue() -> Catalog:
    catalog = messages.empty()
    catalog.add("Sign in", "Masuk", locations=[("b.py", 7), ("a.py", 9)])
    catalog.add(("%(n)s village", "%(n)s villages"), ("%(n)s desa",))
    catalog.add("May", "Mei", context="month")
    catalog.add("Sign out", "Keluar?", flags={"fuzzy"})
    return catalog


def test_compiled_catalogue_is_read_by_gettext() -> None:
    compiled = GNUTranslations(BytesIO(messages.mo_bytes(catalogue())))
    assert compiled.gettext("Sign in") == "Masuk"
    assert compiled.ngettext("%(n)s village", "%(n)s villages", 1) == "%(n)s desa"
    assert compiled.ngettext("%(n)s village", "%(n)s villages", 5) == "%(n)s desa"
    assert compiled.pgettext("month", "May") == "Mei"
    assert compiled.gettext("Sign out") == "Sign out"


def test_written_catalogue_carries_no_line_numbers_and_stays_as_it_is() -> None:
    first = messages.po_bytes(catalogue())
    assert b"#: a.py b.py\n" in first
    assert b"Date" not in first
    again = messages.read_po(BytesIO(first), locale="id")
    assert messages.po_bytes(again) == first


def test_complaints_name_what_is_missing() -> None:
    catalog = catalogue()
    catalog.add("Village", "")
    catalog.add("%(n)s left", "sisa %(m)s")
    assert list(messages.complaints("web", catalog)) == [
        "web: marked fuzzy: 'Sign out'",
        "web: not translated: 'Village'",
        "web: placeholders differ: '%(n)s left' -> 'sisa %(m)s'",
    ]


def test_fill_takes_the_translation_of_another_catalogue() -> None:
    fresh = messages.empty()
    fresh.add("Sign in")
    fresh.add("Moved")
    messages.fill(fresh, catalogue(), {(None, "Moved"): "Pindah", (None, "Sign in"): "Log masuk"})
    assert {m.id: m.string for m in fresh if m.id} == {"Sign in": "Masuk", "Moved": "Pindah"}
