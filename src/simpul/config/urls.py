"""One line a context: each `web/<context>/urls.py` names its own paths, found here in alphabetical order."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver, include, path

from simpul import web


def _has_urls(name: str) -> bool:
    package = import_module(f"simpul.web.{name}")
    return any(m.name == "urls" for m in iter_modules(package.__path__))


def _pages() -> list[URLPattern | URLResolver]:
    names = sorted(m.name for m in iter_modules(web.__path__) if m.ispkg)
    return [path("", include(f"simpul.web.{name}.urls")) for name in names if _has_urls(name)]


urlpatterns = [*_pages(), path("", include("simpul.api.urls"))]

handler400 = "simpul.web.errors.bad_request"
handler403 = "simpul.web.errors.denied"
handler404 = "simpul.web.errors.not_found"
handler500 = "simpul.web.errors.broken"
