"""What every page knows: the language, who is asking, where one can go, whether this is the demo."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from simpul.kernel.actor import Anonymous
from simpul.web import navigation


def page(request: HttpRequest) -> dict[str, object]:
    """No query: pages of errors are drawn with it too."""
    actor = getattr(request, "actor", Anonymous())
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "demo": settings.DEMO,
        "actor": actor,
        "signed_in": not isinstance(actor, Anonymous),
        "language": language,
        "other_language": "en" if language == "id" else "id",
        "places": SimpleLazyObject(partial(navigation.shown, actor, request.path)),
        "here": request.get_full_path() if request.method == "GET" else "/",
    }
