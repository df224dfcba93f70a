"""How a limit is counted, what kind of rule sets it, and who is told when. Plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(models.TextChoices):
    """Running hours go on day and night; all others are over at the end of a day in the zone of the area."""

    HOURS = "J", _("Running hours")
    WORKING_DAYS = "HK", _("Working days")
    CALENDAR_DAYS = "H", _("Calendar days")
    MONTHS = "B", pgettext_lazy("unit of a deadline", "Months")
    DAY_OF_YEAR = "T", _("A day of the year")


class Standing(models.TextChoices):
    """What kind of rule it is. Only the first is ever shown as law."""

    LAW = "law", _("Law or regulation")
    LOCAL = "local", _("Local standard")
    PRACTICE = "practice", _("Our own agreement")


class Binding(models.TextChoices):
    """Whether it binds the organisation whose clock it is."""

    YES = "yes", pgettext_lazy("rule", "Binds us")
    NO = "no", pgettext_lazy("rule", "Doesn't bind us; we keep to it")
    UNDECIDED = "undecided", pgettext_lazy("rule", "Not settled whether it binds us")


class Anchor(models.TextChoices):
    START = "start", _("after the start")
    DUE = "due", _("after the deadline")


@dataclass(frozen=True, slots=True)
class Step:
    """`hours` after the start or the deadline (before it, where negative) these roles are told."""

    hours: int
    anchor: Anchor
    roles: tuple[str, ...]

    def stored(self) -> dict[str, object]:
        return {"hours": self.hours, "anchor": self.anchor.value, "roles": list(self.roles)}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Step":
        return cls(int(stored["hours"]), Anchor(stored["anchor"]), tuple(stored["roles"]))


def steps_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step.read(one) for one in stored)


# A day before, at the end, and a day after it.
USUAL: Final = (
    Step(-24, Anchor.DUE, ("coordinator",)),
    Step(0, Anchor.DUE, ("coordinator",)),
    Step(24, Anchor.DUE, ("supervisor",)),
)
