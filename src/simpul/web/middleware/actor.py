"""Who is asking: the actor of this moment, on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from simpul.kernel.actor import Anonymous


class CurrentActor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = Anonymous()  # type: ignore[attr-defined]
        return self.get_response(request)
