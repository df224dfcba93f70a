"""Every indicator of the platform, declared once, in the order of their codes."""

from typing import Final

from simpul.results.indicators.cases import F23, F24, F25
from simpul.results.indicators.coverage import F1, F2
from simpul.results.indicators.declaration import Indicator, Part, Stated, Subject
from simpul.results.indicators.forums import F4, F5, F18
from simpul.results.indicators.networks import F17
from simpul.results.indicators.profiles import F20, F21
from simpul.results.indicators.workshops import F15, F16, F19, F22

INDICATORS: Final[dict[str, Indicator]] = {
    indicator.code: indicator for indicator in (F1, F2, F4, F5, F15, F16, F17, F18, F19, F20, F21, F22, F23, F24, F25)
}

__all__ = ["INDICATORS", "Indicator", "Part", "Stated", "Subject"]
