"""A clock that stands until it is put forward."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.factories.notices import NOW


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)
