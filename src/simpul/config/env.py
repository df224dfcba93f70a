"""The environment: the one place that reads it. config.checks refuses an unknown `SIMPUL_` name, so no typo hides."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]
# Where relative paths start: the checkout this file lies in, or the working folder of an installed package.
HOME = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()


class WrongSetting(Exception):
    """A setting that can't be used: which, why, and what to write instead."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str


KNOWN: dict[str, Setting] = {
    s.name: s
    for s in (
        Setting("SIMPUL_ENVIRONMENT", "development", "development or production"),
        Setting("SIMPUL_DATA", "var/demo", "folder for the database, uploads and keys"),
        Setting("SIMPUL_DATABASE_URL", "", "postgresql://user:password@host/name; empty: SQLite in the data folder"),
        Setting("SIMPUL_HOSTS", "", "host names served, comma-separated; required in production"),
        Setting("SIMPUL_SECRET_KEY", "", "at least 50 random characters; development makes one in the data folder"),
        Setting(
            "SIMPUL_KEY_RING",
            "",
            "the vault's key ring as text; empty: the file key-ring.json (0600) in the data folder",
        ),
        Setting("SIMPUL_NODE", "simpul", "short name of this deployment, kept in every owned record"),
        Setting("SIMPUL_DEMO", "", "1 while the demo is shown: sign-in as any of the cast, DATA CONTOH on every page"),
        Setting(
            "SIMPUL_EMAIL_URL", "", "smtp:// or smtps://user:password@host:port; empty: mail is kept in the data folder"
        ),
        Setting("SIMPUL_EMAIL_FROM", "", "address mail comes from; empty: simpul@ and the first host"),
        Setting("SIMPUL_MESSAGE_GATEWAY_URL", "", "where SMS or WhatsApp are handed over; empty: none are sent"),
        Setting("SIMPUL_MESSAGE_GATEWAY_TOKEN", "", "what that gateway knows this deployment by"),
        Setting("SIMPUL_ERASURES", "", "file that keeps what was erased; empty: erasures.jsonl in the data folder"),
        Setting(
            "SIMPUL_METRICS_TOKEN", "", "what a monitoring system shows to read /-/metrics; empty: this machine only"
        ),
        Setting("SIMPUL_FILE_MB", "", "largest files in MB: pdf=25,picture=15,office=15,text=5,sound=50 where not set"),
        Setting("SIMPUL_PROXY", "", "1 behind a proxy that sets X-Forwarded-Proto"),
    )
}


@dataclass(frozen=True)
class Environment:
    """Reads settings from a mapping, `NAME_FILE` taking precedence over `NAME` for secrets."""

    values: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def text(self, name: str) -> str:
        file = self.values.get(f"{name}_FILE")
        if file:
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise WrongSetting(f"{name}_FILE names a file that can't be read ({error.strerror}).") from None
        return self.values.get(name, KNOWN[name].default).strip()

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in {"", "0", "1", "true", "false", "yes", "no"}:
            raise WrongSetting(f"{name} is 1 or 0, not {value!r}.")
        return value in {"1", "true", "yes"}

    def choice(self, name: str, *options: str) -> str:
        value = self.text(name)
        if value not in options:
            raise WrongSetting(f"{name} is one of {', '.join(options)}, not {value!r}.")
        return value

    def words(self, name: str) -> list[str]:
        return [word for word in (part.strip() for part in self.text(name).split(",")) if word]

    def path(self, name: str) -> Path:
        """An absolute path; a relative one starts at the checkout, wherever the command was typed."""
        return (HOME / Path(self.text(name)).expanduser()).resolve()


def database_from_url(url: str) -> dict[str, object]:
    """Django's settings for a PostgreSQL URL. WrongSetting for any other scheme or a URL without a database name."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise WrongSetting("SIMPUL_DATABASE_URL is postgresql://user:password@host:port/name, or empty for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        # Compiling a statement pays for reports that run for seconds; a page's statement takes milliseconds, and where
        # the planner misjudges a recursive one, compiling it took two hundred.
        "OPTIONS": {"options": "-c jit=off"},
    }


@dataclass(frozen=True)
class Mail:
    """How to reach a mail server. `starttls` upgrades a plain connection, `tls` speaks TLS from the first byte."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail_from_url(url: str) -> Mail:
    """smtp:// (STARTTLS, port 587) or smtps:// (TLS, port 465). WrongSetting for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongSetting("SIMPUL_EMAIL_URL is smtp://user:password@host:587 or smtps://user:password@host:465.")
    tls = parts.scheme == "smtps"
    return Mail(
        host=unquote(parts.hostname),
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not tls,
        tls=tls,
    )


# Bytes. What a phone on a village's line can send, and what a scanned deed or an hour's talk needs.
USUAL_FILES = {"pdf": 25_000_000, "picture": 15_000_000, "office": 15_000_000, "text": 5_000_000, "sound": 50_000_000}


def file_limits(words: Sequence[str]) -> dict[str, int]:
    """Family of types -> most bytes, from words like "pdf=40". WrongSetting for another family or no number."""
    limits = dict(USUAL_FILES)
    for word in words:
        family, _, megabytes = word.partition("=")
        if family not in limits or not megabytes.isdigit() or not 1 <= int(megabytes) <= 2_000:
            known = ", ".join(limits)
            raise WrongSetting(f"SIMPUL_FILE_MB is a list like pdf=40,sound=100; it knows {known}, from 1 to 2000 MB.")
        limits[family] = int(megabytes) * 1_000_000
    return limits
