"""Requests that leave Simpul: to addresses looked up once and checked, never redirected, never through a proxy."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_ANSWER = 4096  # bytes; nothing of an answer but its status is used


class Unreachable(Exception):
    """Nothing was sent: no such host, no connection, no trust in its certificate, or an address not to be used."""


class Unanswered(Exception):
    """It was sent, and no whole answer came in time: whether it arrived is unknown."""


@dataclass(frozen=True, slots=True)
class Door:
    """How a request leaves. `public_only`: by TLS and to addresses of the open internet alone, for addresses that
    somebody outside chose. `timeout` in seconds, for each step of it.
    """

    public_only: bool = True
    timeout: float = 10
    trust: ssl.SSLContext | None = None

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> int:
        """Send it; the status of the answer. Unreachable, Unanswered."""
        parts = urlsplit(url)
        connection = self._connection(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise Unreachable(type(error).__name__) from None
        target = parts.path or "/"
        try:
            connection.request("POST", f"{target}?{parts.query}" if parts.query else target, body, dict(headers))
            answer = connection.getresponse()
            answer.read(LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered(type(error).__name__) from None
        finally:
            connection.close()
        return answer.status

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        secure = scheme == "https"
        if not host or scheme not in {"http", "https"} or (self.public_only and not secure):
            raise Unreachable("scheme")
        address = self._address(host, port or (443 if secure else 80))
        if secure:
            return _PinnedTLS(host, address, self.trust or ssl.create_default_context(), self.timeout)
        return _Pinned(host, address, self.timeout)

    def _address(self, host: str, port: int) -> tuple[str, int]:
        """The first address of the host. With `public_only`, Unreachable if any of them is not of the open internet."""
        try:
            found = [info[4] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError):
            raise Unreachable("no such host") from None
        if self.public_only and not all(is_public(str(address[0])) for address in found):
            raise Unreachable("not public")
        return str(found[0][0]), port


def is_public(address: str) -> bool:
    """Whether it is an address of the open internet, also behind the ways IPv6 has of writing an IPv4 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)))
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever the name means a moment later."""

    def __init__(self, host: str, address: tuple[str, int], timeout: float) -> None:
        super().__init__(host, address[1], timeout=timeout)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection(self.address, self.timeout)


class _PinnedTLS(_Pinned):
    default_port = 443

    def __init__(self, host: str, address: tuple[str, int], trust: ssl.SSLContext, timeout: float) -> None:
        super().__init__(host, address, timeout)
        self.trust = trust

    def connect(self) -> None:
        super().connect()
        self.sock = self.trust.wrap_socket(self.sock, server_hostname=self.host)
