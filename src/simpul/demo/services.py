"""Loading the demo and removing it."""

from datetime import datetime

from simpul.demo.acceptance import load as acceptance
from simpul.demo.figures import load as figures
from simpul.demo.figures.plan import MONTHS
from simpul.demo.models import DemoStep
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


def load_figures(actor: Actor, *, now: datetime, progress: Progress = untold, most: int = len(MONTHS)) -> int:
    """Two years of counts, brought in and published month by month, after the programme; at most so many months. Steps
    done now.

    A month is published between its two steps, outside of both: that takes seconds, at a year's end minutes, and others
    write meanwhile. Killed there, it is published at the next time. Denied("node.configure"); Conflict where somebody
    stood in the way.
    """
    _authorise(actor)
    first, *months, last = figures.steps()
    done, left = run_steps([first], now=now, progress=untold, in_use=True), most
    for month, brought, published in zip(MONTHS, months[::2], months[1::2], strict=True):
        if DemoStep.objects.filter(pk=published.key).exists():
            continue
        if not left:
            return done
        done += run_steps([brought], now=now, progress=untold, in_use=True)
        figures.publish(month)
        done += run_steps([published], now=now, progress=untold, in_use=True)
        left -= 1
        progress(MONTHS.index(month) + 1, len(MONTHS))
    return done + run_steps([last], now=now, progress=untold, in_use=True)


def _authorise(actor: Actor) -> None:
    if not actor.may("node.configure"):
        raise Denied("node.configure")
