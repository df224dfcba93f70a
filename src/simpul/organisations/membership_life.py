"""How a membership goes on once it holds: at work in the network, on leave, inactive, ended by leaving or expulsion.

Whether it holds at all is said by its dates, and whether the member agreed by the member; neither is repeated here.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.lifecycle import Lifecycle, Transition

MANAGE: Final = "membership.manage"


class Standing(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("membership", "Active")
    ON_LEAVE = "on_leave", _("On leave")
    INACTIVE = "inactive", pgettext_lazy("membership", "Inactive")
    LEFT = "left", _("Left")
    EXPELLED = "expelled", _("Expelled")


class MembershipAct(models.TextChoices):
    PUT_ON_LEAVE = "put_on_leave", _("It goes on leave")
    SET_INACTIVE = "set_inactive", _("It is inactive")
    RETURN = "return", _("It is active again")
    LEAVE = "leave", _("It leaves")
    EXPEL = "expel", _("It is expelled")


A: Final = MembershipAct


def _from_any(act: MembershipAct, target: Standing, *, why: bool) -> list[Transition[str]]:
    holding: tuple[str, ...] = (Standing.ACTIVE, Standing.ON_LEAVE, Standing.INACTIVE)
    return [Transition(standing, act, target, MANAGE, why) for standing in holding]


LIFE: Final = Lifecycle[str](
    Standing.ACTIVE,
    [
        Transition(Standing.ACTIVE, A.PUT_ON_LEAVE, Standing.ON_LEAVE, MANAGE, needs_reason=True),
        Transition(Standing.ACTIVE, A.SET_INACTIVE, Standing.INACTIVE, MANAGE, needs_reason=True),
        Transition(Standing.ON_LEAVE, A.SET_INACTIVE, Standing.INACTIVE, MANAGE, needs_reason=True),
        Transition(Standing.ON_LEAVE, A.RETURN, Standing.ACTIVE, MANAGE),
        Transition(Standing.INACTIVE, A.RETURN, Standing.ACTIVE, MANAGE),
        *_from_any(A.LEAVE, Standing.LEFT, why=False),
        *_from_any(A.EXPEL, Standing.EXPELLED, why=True),
    ],
)
# What the member may do itself; the rest is the network's alone.
THE_MEMBERS: Final = frozenset({A.PUT_ON_LEAVE, A.RETURN, A.LEAVE})
ENDS: Final = frozenset({A.LEAVE, A.EXPEL})
BY_AN_ORGAN: Final = frozenset({A.SET_INACTIVE, A.EXPEL})  # never without who decided, and when
