"""What the browser is given from elsewhere is what the manifest says, and is named among the notices."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "src/simpul/web/static/vendor"
LIBRARIES = json.loads((VENDOR / "MANIFEST.json").read_text())


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_files_are_those_of_the_manifest(library: dict[str, object]) -> None:
    files = library["files"]
    assert isinstance(files, dict)
    assert {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in files} == files
    assert library["version"]
    assert library["licence"]


def test_every_vendored_file_is_listed() -> None:
    listed = {path for library in LIBRARIES for path in library["files"]}
    folders = (VENDOR, ROOT / "src/simpul/web/static/fonts", ROOT / "tests/browser/vendor")
    there = {p.relative_to(ROOT).as_posix() for folder in folders for p in folder.rglob("*") if p.is_file()}
    assert there - listed == {"src/simpul/web/static/vendor/MANIFEST.json"}


def test_every_library_is_among_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY.md").read_text()
    assert [library["name"] for library in LIBRARIES if library["name"] not in notices] == []
