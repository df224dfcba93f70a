"""The worker as a child of the server: started with it, restarted when it falls, stopped with it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from simpul.config.cli.console import complain

PATIENCE = 5  # seconds a worker has to finish its task once asked to stop; the next one takes it up again
PAUSE = 5  # seconds before a fallen worker is started again


class Keeper:
    """Keeps one `simpul worker` running until `close`."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.closing = threading.Event()
        self.child = self._start()
        self.thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self.thread.start()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches the server, which then stops the worker in order.
        return subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 (our own command)

    def _keep(self) -> None:
        while True:
            code = self.child.wait()
            if self.closing.is_set():
                return
            complain(f"The worker stopped (exit {code}); starting it again in {PAUSE} s.")
            if self.closing.wait(PAUSE):
                return
            self.child = self._start()

    def close(self) -> None:
        """Ask the worker to stop, wait for its task, then end it."""
        self.closing.set()
        self.child.terminate()
        try:
            self.child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.thread.join(PAUSE)


@contextmanager
def kept_worker(*, wanted: bool) -> Iterator[None]:
    """A worker beside the block, where one is wanted."""
    if not wanted:
        yield
        return
    keeper = Keeper([sys.executable, "-m", "simpul", "worker", "--with-parent", str(os.getpid())])
    try:
        yield
    finally:
        keeper.close()
