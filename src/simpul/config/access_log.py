"""One line for each page asked for: route, status, time, size. No address, no person, no path, no query."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from simpul.config import metrics
from simpul.config.logs import new_request_id, request_id

logger = logging.getLogger("simpul.pages")


class AccessLog:
    """Nearly the outermost middleware, so that what others answer is counted too.

    Every line logged while a request is answered carries one random number, which its reader finds in `X-Request-Id`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        mark = request_id.set(new_request_id())
        try:
            response = self.get_response(request)
            self._note(request, response, time.perf_counter() - started)
            response["X-Request-Id"] = request_id.get()
        finally:
            request_id.reset(mark)
        return response

    @staticmethod
    def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = request.resolver_match.view_name if request.resolver_match else "-"
        metrics.requests.note(route=route, method=request.method or "", status=response.status_code, seconds=seconds)
        logger.info(
            "page",
            extra={
                "route": route,
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
                "bytes": 0 if response.streaming else len(response.content),
            },
        )
