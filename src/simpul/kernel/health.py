"""Probes: what `simpul check` asks of each context. A context names its own in `<context>/health.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: FAIL stops what depends on it, WARN can wait until somebody has time."""

    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `simpul check`: what was looked at, what was found, and what to do about it."""

    level: Level
    subject: str
    message: str
    remedy: str = ""

    @classmethod
    def ok(cls, subject: str, message: str) -> "Finding":
        return cls(Level.OK, subject, message)

    @classmethod
    def warn(cls, subject: str, message: str, remedy: str) -> "Finding":
        return cls(Level.WARN, subject, message, remedy)

    @classmethod
    def fail(cls, subject: str, message: str, remedy: str) -> "Finding":
        return cls(Level.FAIL, subject, message, remedy)


Probe = Callable[[datetime], Iterable[Finding]]
_probes: dict[str, Probe] = {}


def probe(name: str) -> Callable[[Probe], Probe]:
    """Register a probe under "context.what". It is given now (UTC) and yields findings; ValueError for a taken name."""

    def register(function: Probe) -> Probe:
        if _probes.get(name, function) is not function:
            raise ValueError(f"two probes are called {name}")
        _probes[name] = function
        return function

    return register


def probes() -> dict[str, Probe]:
    """Every registered probe, in order of name."""
    return dict(sorted(_probes.items()))
