"""The address all others begin with: where the document of the operations lies, and the page that explains it."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.api.conditions import tagged
from simpul.api.v1 import api


def index(request: HttpRequest) -> HttpResponse:
    """Without a token, as the document itself."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    links = {
        "self": request.build_absolute_uri(reverse("api-index")),
        "service-doc": request.build_absolute_uri(reverse("reference")),
        "service-desc": request.build_absolute_uri(reverse("openapi")),
    }
    about = _("The interface of this Simpul for programs. Begin with the reference, or with the OpenAPI document.")
    told = {"title": api.title, "version": api.version, "description": about, "links": links}
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8")
    answer.headers["Link"] = ", ".join(f'<{links[rel]}>; rel="{rel}"' for rel in ("service-doc", "service-desc"))
    request.version = None  # type: ignore[attr-defined]  # as of a Call
    return tagged(request, answer)  # type: ignore[arg-type]
