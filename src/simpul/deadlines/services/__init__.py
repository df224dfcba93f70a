"""Setting rules, running clocks, and the round that watches them."""

from simpul.deadlines.services.clocks import hand_clocks, pause_clock, resume_clock, start_clock, stop_clock
from simpul.deadlines.services.setting import configure_rule, end_rule
from simpul.deadlines.services.watching import catch_up, check_clocks, recount_clocks

__all__ = [
    "catch_up",
    "check_clocks",
    "configure_rule",
    "end_rule",
    "hand_clocks",
    "pause_clock",
    "recount_clocks",
    "resume_clock",
    "start_clock",
    "stop_clock",
]
