"""Service workers: a script of its own for each part of the site that works without a signal, put together here.

Each begins with TOLD, the list of what it may keep: `cache` is the name of its cache, `files` are the addresses of the
files that its pages draw themselves with. `common.js` follows, then its own script.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse

SOURCES: Final = Path(__file__).resolve().parent
# What every page draws itself with.
DRAWN_WITH: Final = (
    "css/base.css", "css/components.css", "fonts/plus-jakarta-sans.woff2", "icons.svg", "mark.svg",
)  # fmt: skip


@cache
def _source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def addresses(*names: str) -> list[str]:
    """Of these files and of what every page needs, as pages ask for them."""
    return [staticfiles_storage.url(name) for name in (*DRAWN_WITH, *names)]


def worker(name: str, *, cache_name: str, files: Iterable[str], **told: str) -> HttpResponse:
    """The script `name` as a browser installs it. `told` is what else it has to know."""
    known = json.dumps({"cache": cache_name, "files": list(files), **told})
    source = f"const TOLD = {known};\n{_source('common.js')}{_source(name)}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def shell_worker(*, cache_name: str, shell: str, pages: str, files: Iterable[str]) -> HttpResponse:
    """Shows one page without anybody's data, `shell`, for every address that `pages`, a pattern, matches."""
    return worker("shell.js", cache_name=cache_name, files=files, shell=shell, pages=pages)
