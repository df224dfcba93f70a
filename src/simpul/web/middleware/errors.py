"""Domain errors that reach the edge of a page become answers here, once.

Forms catch `Invalid` and `Conflict` themselves, to keep what was typed; what arrives here had no form to go back to.
A full disk is told apart from other faults: who typed should know that nothing was saved, and who to tell.
Out of sight is out of existence: `NotFound` answers as an address that leads nowhere does.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from simpul.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound, SimpulError, TooSoon
from simpul.records.storage import is_full
from simpul.web.errors import page

LOG = logging.getLogger("simpul.web")
# The first that it is an instance of.
STATUS: dict[type[SimpulError], int] = {
    Denied: 403,
    NotFound: 404,
    TooSoon: 429,
    Invalid: 422,
    Gone: 410,
    Conflict: 409,
}


class DomainErrors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Somebody who opens the address of a button by itself is told so: Django's own answer is an empty page."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or "text/html" not in request.headers.get("accept", ""):
            return response
        told = page(request, response.status_code)
        told.headers["Allow"] = response.headers["Allow"]
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_full(exception):
            LOG.error("The disk is full, or failing: nothing can be saved.")
            return page(request, 507)
        if not isinstance(exception, SimpulError):
            return None
        status = next(status for kind, status in STATUS.items() if isinstance(exception, kind))
        told = page(request, status, message=getattr(exception, "message", ""))
        if isinstance(exception, TooSoon):
            told.headers["Retry-After"] = str(exception.minutes * 60)
        return told
