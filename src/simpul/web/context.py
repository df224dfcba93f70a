"""What every page knows: the language, who is asking, where one can go, whether this is the demo."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from simpul.kernel.actor import Anonymous
from simpul.organisations.queries.node import NodeFace, node_face
from simpul.web import navigation
from simpul.web.exports.bar import bar_of


def page(request: HttpRequest) -> dict[str, object]:
    """At most one query, for whose Simpul this is; none on pages of errors, which may be the database's."""
    actor = getattr(request, "actor", Anonymous())
    in_error = getattr(request, "in_error", False)
    language = get_language() or settings.LANGUAGE_CODE
    # Lazy: a fragment without the header asks nothing.
    node = cast("NodeFace | None", SimpleLazyObject(lambda: None if in_error else node_face()))
    return {
        "node": node,
        "demo": settings.DEMO,
        "actor": actor,
        "signed_in": not isinstance(actor, Anonymous),
        "unread_notices": getattr(request, "unread", 0),
        "language": language,
        "other_language": "en" if language == "id" else "id",
        "places": SimpleLazyObject(lambda: navigation.shown(actor, request.path, _pillars(node))),
        "bar": SimpleLazyObject(lambda: None if in_error else bar_of(request)),
        "here": request.get_full_path() if request.method == "GET" else "/",
    }


def _pillars(node: NodeFace | None) -> frozenset[str] | None:
    """The pillars in use; None, which is all of them, before the first run."""
    return node.pillars if node else None
