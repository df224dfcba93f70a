"""How far the demo is."""

from dataclasses import dataclass

from simpul.demo.acceptance import load as acceptance
from simpul.demo.figures import load as figures
from simpul.demo.figures.plan import MONTHS
from simpul.demo.models import DemoStep
from simpul.demo.public import load as public
from simpul.demo.story import load as story


@dataclass(frozen=True, slots=True)
class Part:
    """`done` of `total` steps."""

    name: str
    done: int
    total: int

    @property
    def complete(self) -> bool:
        return self.done == self.total


def progress() -> tuple[Part, Part, Part]:
    """The storyline, then the generated programme, then published counts."""
    known = set(DemoStep.objects.values_list("key", flat=True))
    first = {step.key for step in (*public.steps(), *story.steps())}
    second = {step.key for step in acceptance.steps()}
    third = {step.key for step in figures.steps()}
    return (
        Part("storyline", len(first & known), len(first)),
        Part("acceptance", len(second & known), len(second)),
        Part("figures", len(third & known), len(third)),
    )


def months_published() -> tuple[int, int]:
    """Of the two years of counts, and of how many."""
    return DemoStep.objects.filter(key__startswith="figures/", key__endswith="/out").count(), len(MONTHS)
