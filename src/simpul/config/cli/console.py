"""What a person at a terminal sees: short lines, one progress bar, and the way a command stops."""

import sys
import time
from collections.abc import Callable
from typing import NoReturn, TextIO

Progress = Callable[[int, int], None]

OK, FAILED, USAGE, CONFIGURATION, NEWER_DATABASE, STORAGE, UNFORESEEN, INTERRUPTED = 0, 1, 2, 3, 4, 5, 70, 130


class Stop(Exception):
    """The command can't go on: what happened, what to do next, and the exit code."""

    def __init__(self, message: str, remedy: str = "", *, code: int = FAILED) -> None:
        super().__init__(message)
        self.message, self.remedy, self.code = message, remedy, code


def stop(message: str, remedy: str = "", *, code: int = FAILED) -> NoReturn:
    raise Stop(message, remedy, code=code)


def say(text: str = "") -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def progress_bar(label: str, stream: TextIO | None = None) -> Progress:
    """A function to call with (done, total). On a terminal it redraws one line; elsewhere it prints every quarter."""
    out = stream or sys.stdout
    started, shown = time.monotonic(), [-1]

    def show(done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        step = percent if out.isatty() else percent // 25
        if step == shown[0]:
            return
        shown[0] = step
        counted = f"{done:,} / {total:,}".replace(",", ".")
        line = f"  {label}: {percent:3d} % ({counted}), {time.monotonic() - started:.0f} s"
        if out.isatty():
            out.write(f"\r{line}\x1b[K" + ("\n" if done >= total else ""))
        else:
            out.write(line + "\n")
        out.flush()

    return show
