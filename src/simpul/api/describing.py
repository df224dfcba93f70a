"""How an operation is described to ninja: in few words where it stands, completed by api.document."""

from collections.abc import Sequence
from typing import Any, Final

# Keys of the document that only we write and read; api.document turns them into OpenAPI and takes them out.
ACCESS: Final = "x-access"
VERSIONED: Final = "x-versioned"
BYTES_IN: Final = "x-bytes-in"  # the body is a piece of a file, and no JSON
BYTES_OUT: Final = "x-bytes-out"  # so is the answer


def told(
    summary: str, description: str = "", *, response: Any, status: int = 200, scopes: Sequence[str] = (),
    needs_token: bool = False, versioned: bool = False, bytes_in: bool = False, bytes_out: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Keyword arguments for a router's method. `scopes`: any one of them, with the right behind it, opens more or all.

    `versioned`: a change must name the version it was made to, in If-Match. `bytes_in`, `bytes_out`: a piece of a file
    is sent, a file is answered; the operation reads and writes them itself, as they come.
    """
    access = {"scopes": list(scopes), "needs_token": needs_token}
    return {
        "summary": summary,
        "description": description or " ",
        "response": {status: response},
        "openapi_extra": {ACCESS: access, VERSIONED: versioned, BYTES_IN: bytes_in, BYTES_OUT: bytes_out},
    }
