"""What every page knows: the room it is in, the language, whether this is the demo."""

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.DEMO, "actor": getattr(request, "actor", None)}
