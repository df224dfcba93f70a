"""Drawing a page from a template in a string."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template import engines


def written(request: HttpRequest, source: str, context: Mapping[str, object]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(dict(context), request))
