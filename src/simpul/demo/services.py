"""Loading the demo and removing it."""

from datetime import datetime

from simpul.demo.acceptance import load as acceptance
from simpul.demo.public import load as public
from simpul.demo.steps import Progress, run_steps, untold
from simpul.demo.story import load as story
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied


def load_storyline(actor: Actor, *, now: datetime, progress: Progress = untold) -> int:
    """The public facts, the village, the cast: what the first page needs. Steps done now; Denied("node.configure")."""
    _authorise(actor)
    return run_steps([*public.steps(), *story.steps()], now=now, progress=progress)


def load_acceptance(actor: Actor, *, now: datetime, progress: Progress = untold) -> int:
    """The generated programme and networks, after the storyline. Steps done now; Denied("node.configure")."""
    _authorise(actor)
    return run_steps(acceptance.steps(), now=now, progress=progress, in_use=True)


def _authorise(actor: Actor) -> None:
    if not actor.may("node.configure"):
        raise Denied("node.configure")
