"""The one place that asks numba to compile. What is compiled is kept beside the source, for the next process."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Compiled = TypeVar("Compiled", bound=Callable[..., object])


def compiled(function: Compiled) -> Compiled:
    """The function as machine code: arrays and numbers only."""
    return cast(Compiled, njit(cache=True, error_model="numpy")(function))
