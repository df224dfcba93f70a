"""`simpul`, killed the moment before SQLite is told something for the n-th time.

    python -m tests.config.mortal 'INSERT INTO "django_migrations"' 3 setup

Nothing is tidied up, as when the electricity goes: the process ends itself with SIGKILL.
"""

import os
import signal
import sys
from itertools import count

from django.db.backends.signals import connection_created

from simpul.config.cli import main


def die_at(words: str, nth: int) -> None:
    """Before the statement that begins with these words, on whichever connection it is the so-manieth."""
    heard = count(1)

    def hear(statement: str) -> None:
        if statement.startswith(words) and next(heard) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(connection: object, **_said: object) -> None:
        connection.connection.set_trace_callback(hear)  # type: ignore[attr-defined]

    connection_created.connect(listen, weak=False)


if __name__ == "__main__":
    die_at(sys.argv[1], int(sys.argv[2]))
    sys.exit(main(sys.argv[3:]))
