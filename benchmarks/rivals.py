"""Client processes for a benchmark: each a Python of its own on the scratch database, all starting at one moment.

A script that uses it answers to `--client`: it calls `obey(acts)`, where `acts` names what a client can be told to do.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from statistics import quantiles
from typing import Any

Act = Callable[[Any], object]
HEAD_START = 0.5  # seconds in which every client has read its order


class Client:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def tell(self, order: Mapping[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit("A client died.")
        return json.loads(line)


@contextmanager
def clients(script: str, number: int) -> Iterator[list[Client]]:
    """That many, with Django started and a connection open; ended afterwards."""
    from django.db import connection

    environment = {**os.environ, "BENCH_DATABASE": str(connection.settings_dict["NAME"])}
    with ExitStack() as stack:
        found = []
        for _ in range(number):
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, script, "--client"],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(process.kill)
            found.append(Client(process))
        assert [client.answer() for client in found] == ["ready"] * number
        yield found


def at_once(found: Sequence[Client], act: str, shares: Sequence[Sequence[Any]]) -> tuple[float, list[float]]:
    """Each client does `act` with each of its share. Seconds from the first start to the last end, and of each act."""
    moment = time.time() + HEAD_START
    for client, share in zip(found, shares, strict=True):
        client.tell({"act": act, "with": list(share), "at": moment})
    answers = [client.answer() for client in found]
    return max(answer["ended"] for answer in answers) - moment, [s for answer in answers for s in answer["seconds"]]


def dealt(what: Sequence[Any], number: int) -> list[list[Any]]:
    """Like cards."""
    return [list(what[n::number]) for n in range(number)]


def obey(acts: Mapping[str, Act]) -> None:
    """The loop of a client."""
    import django

    name = os.environ["BENCH_DATABASE"]
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    _say("ready")
    for line in sys.stdin:
        order = json.loads(line)
        act, seconds = acts[order["act"]], []
        time.sleep(max(0.0, order["at"] - time.time()))
        for one in order["with"]:
            begun = time.perf_counter()
            act(one)
            seconds.append(time.perf_counter() - begun)
        _say({"ended": time.time(), "seconds": seconds})


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def told(seconds: Sequence[float]) -> str:
    """ "median 4 ms, p95 11 ms"."""
    cut = quantiles(seconds, n=20) if len(seconds) > 1 else [seconds[0]] * 19
    return f"median {cut[9] * 1000:.1f} ms, p95 {cut[18] * 1000:.1f} ms"
