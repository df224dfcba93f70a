"""Running `simpul` as a person does: a process of its own, on a data folder of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.architecture.source import ROOT

PATIENCE = 600  # seconds after which a command hangs, on however busy a machine


def environment(data: Path, **settings: str) -> dict[str, str]:
    """This process's, with these settings of Simpul and no others."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    return clean | {"SIMPUL_DATA": str(data), "PYTHONPATH": str(ROOT / "src"), **settings}


def simpul(
    data: Path,
    *arguments: str,
    settings: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
    typed: str = "",
) -> "subprocess.CompletedProcess[str]":
    """Run to the end. `before` runs in the new process first; `typed` is what somebody answers at its prompts."""
    return subprocess.run(
        [sys.executable, "-m", "simpul", *arguments],
        env=environment(data, **(settings or {})),
        cwd=ROOT,
        capture_output=True,
        input=typed,
        text=True,
        check=False,
        timeout=PATIENCE,
        preexec_fn=before,
    )


def killed(data: Path, *arguments: str, before: str, nth: int) -> None:
    """`simpul` with these arguments, which dies before SQLite is told for the `nth` time what begins so."""
    dead = subprocess.run(
        [sys.executable, "-m", "tests.config.mortal", before, str(nth), *arguments],
        env=environment(data) | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert dead.returncode == -signal.SIGKILL, dead.stderr or "it was over before"


def start(data: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "simpul", *arguments],
        env=environment(data),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
