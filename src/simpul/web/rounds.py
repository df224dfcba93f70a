"""What the platform does by itself that needs several contexts at once."""

from datetime import timedelta

from simpul.access.tidings import ask_who_is_active
from simpul.kernel.rounds import Clock, round_of


@round_of("web.ask_who_is_active", every=timedelta(hours=6))
def ask(clock: Clock) -> int:
    """Whoever is due is asked once a stage, whatever the hour: a notice has an id of its own."""
    return ask_who_is_active(clock())
