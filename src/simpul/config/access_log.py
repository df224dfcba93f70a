"""One line for each page asked for: route, status, time, size. No address, no person, no path, no query."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("simpul.pages")


class AccessLog:
    """The outermost middleware, so that what others answer is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        logger.info(
            "page",
            extra={
                "route": match.view_name if match else "-",
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                "bytes": 0 if response.streaming else len(response.content),
            },
        )
        return response
