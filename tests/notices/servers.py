"""Servers on this machine: one takes mail, one takes requests. Each does as badly as it is told."""

import datetime as dt
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", ".")
PATIENCE = 10  # seconds a stalled step waits to be let go


@dataclass
class MailServer:
    """Takes mail and never delivers it. `says` overrules what it answers to a step; at `stalls` it says nothing."""

    says: Mapping[str, str] = field(default_factory=dict)
    stalls: str = ""
    port: int = 0
    taken: list[str] = field(default_factory=list)  # whole messages, whether or not it has said yes
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


class _Mail(socketserver.StreamRequestHandler):
    server: "_MailListener"

    def handle(self) -> None:
        try:
            self._talk()
        except (OSError, ValueError):
            return

    def _talk(self) -> None:
        self._say("greeting", "220 contoh")
        while line := self.rfile.readline().decode():
            word = line.split()[0].upper() if line.split() else ""
            if word == "DATA":
                if self._say(word, "354 go on").startswith("354"):
                    self._take()
            elif word == "QUIT":
                self._say(word, "221 bye")
                return
            else:
                self._say(word, "250 yes")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            lines.append(line)
        if line:
            self.server.mail.taken.append("".join(lines))
            self._say(".", "250 queued")

    def _say(self, step: str, usual: str) -> str:
        mail = self.server.mail
        if step == mail.stalls:
            mail.reached.set()
            mail.released.wait(PATIENCE)
        said = mail.says.get(step, usual)
        self.wfile.write(f"{said}\r\n".encode())
        return said


class _MailListener(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, mail: MailServer) -> None:
        super().__init__(("127.0.0.1", 0), _Mail)
        self.mail = mail
        mail.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed is what these tests are about."""


@contextmanager
def mail_server(**how: Any) -> Iterator[MailServer]:
    mail = MailServer(**how)
    with _MailListener(mail) as listener, _serving(listener):
        yield mail
        mail.released.set()


@dataclass
class Asked:
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebServer:
    """Answers the statuses it is given, one after the other, the last one for good. `stalls` requests are not answered
    until it is let go.
    """

    statuses: list[int] = field(default_factory=lambda: [201])
    stalls: int = 0
    location: str = ""
    url: str = ""
    trust: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


def _handler(web: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            web.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            number = len(web.asked)
            if number <= web.stalls:
                web.reached.set()
                web.released.wait(PATIENCE)
            try:
                self.send_response(web.statuses[min(number, len(web.statuses)) - 1])
                if web.location:
                    self.send_header("Location", web.location)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    return Handler


class _WebListener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed is what these tests are about."""


@contextmanager
def web_server(certificate: Path | None = None, **how: Any) -> Iterator[WebServer]:
    web = WebServer(**how)
    with _WebListener(("127.0.0.1", 0), _handler(web)) as listener:
        scheme = "http"
        if certificate:
            scheme, keeping = "https", ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            keeping.load_cert_chain(certificate)
            listener.socket = keeping.wrap_socket(listener.socket, server_side=True)
            web.trust = ssl.create_default_context(cafile=str(certificate))
        web.url = f"{scheme}://localhost:{listener.server_address[1]}"
        with _serving(listener):
            yield web
            web.released.set()


@contextmanager
def _serving(listener: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown()
        thread.join()


def own_certificate(folder: Path) -> Path:
    """A certificate for "localhost" that nobody but its maker trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = folder / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path
