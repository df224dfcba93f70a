"""Serving shapes: packed once, cached for a year under an address that names the content."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition, require_safe

from simpul.territory.boundaries import COUNTRY, DEMO, DISTRICTS, VILLAGES, Boundary, boundary
from simpul.web.http import Request

PARTS = {"kecamatan": DISTRICTS, "desa": VILLAGES, "contoh": DEMO}
YEAR = "public, max-age=31536000, immutable"
DAY = "public, max-age=86400"


def address(part: str, code: str = "") -> str | None:
    """Where the shapes are, with the digest of this very content; None where there are none."""
    found = boundary(part, code)
    if found is None:
        return None
    if part == COUNTRY:
        path = reverse("territory:country")
    else:
        path = reverse("territory:boundary", args=[next(k for k, v in PARTS.items() if v == part), code])
    return f"{path}?v={found.digest}"


def _found(part: str, code: str) -> Boundary:
    found = boundary(PARTS.get(part, COUNTRY), code)
    if found is None:
        raise Http404
    return found


def _etag(_request: Request, part: str = "", code: str = "") -> str:
    return f'"{_found(part, code).digest}"'


@require_safe
@condition(etag_func=_etag)
def shapes(request: Request, part: str = "", code: str = "") -> HttpResponse:
    found = _found(part, code)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.packed if packed else found.plain, content_type="application/json")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = YEAR if request.GET.get("v") == found.digest else DAY
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
