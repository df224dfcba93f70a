"""Several processes against one database: what threads in one interpreter can't show, and what can be killed.

Each rival is a Python process with Django started, on the database the test is connected to (the `raced` copy). It
takes an order on a line, waits for the moment written in it, acts, and answers on a line.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

from simpul.kernel.errors import SimpulError
from tests.architecture.source import ROOT

Order = Mapping[str, Any]
HEAD_START = 0.05  # seconds in which every rival has read its order


class Rival:
    """One process that obeys the orders of `module`, a module of tests that calls `obey`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def tell(self, order: Order) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        """ "done", the name and code of the error it met, or "" where the process died."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def rivals(module: str, number: int = 2) -> Iterator[list[Rival]]:
    """That many processes, ready; ended afterwards."""
    environment = os.environ | {
        "SIMPUL_DATA": str(settings.DATA),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "RIVALS_DATABASE": str(connection.settings_dict["NAME"]),
    }
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", module],
                    env=environment,
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(number)
        ]
        for process in started:
            stack.callback(process.kill)
        found = [Rival(process) for process in started]
        assert [rival.answer() for rival in found] == ["ready"] * number
        yield found


def at_one_moment(pairs: Mapping[Rival, Order]) -> list[str]:
    """Every rival carries out its order at the same instant, or "begins_after" seconds later; their answers."""
    moment = time.time() + HEAD_START
    for rival, order in pairs.items():
        rival.tell({**order, "at": moment + order.get("begins_after", 0)})
    return [rival.answer() for rival in pairs]


def obey(act: Callable[[Order], object]) -> None:
    """The loop of a rival. What it answers of an error is its type and code, never its text."""
    import django  # inline: in the rival alone

    name = os.environ["RIVALS_DATABASE"]
    django.setup()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    _say("ready")
    for line in sys.stdin:
        order = json.loads(line)
        time.sleep(max(0.0, order["at"] - time.time()))
        try:
            act(order)
        except SimpulError as error:
            _say(f"{type(error).__name__} {getattr(error, 'code', '')}")
        else:
            _say("done")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
