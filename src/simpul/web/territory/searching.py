"""What the picker asks while somebody types."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from simpul.territory.models import AreaKind
from simpul.territory.names import CODE
from simpul.territory.queries import paths_of, search_areas
from simpul.web.http import Request

MOST = 12


@require_safe
def search(request: Request) -> HttpResponse:
    """`q` the text, `dalam` an area's code, `jenis` kinds with commas. Unknown values find nothing rather than all."""
    within = request.GET.get("dalam", "")
    kinds = [kind for kind in request.GET.get("jenis", "").split(",") if kind]
    known = set(kinds) <= set(AreaKind.values) and (not within or CODE.fullmatch(within))
    text = request.GET.get("q", "")
    found = search_areas(text, within=within or None, kinds=kinds or None, limit=MOST) if known else []
    paths = paths_of(found)
    results = [{"code": a.code, "title": a.title, "path": paths[a.code]} for a in found]
    response = JsonResponse({"results": results, "more": len(results) == MOST})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
