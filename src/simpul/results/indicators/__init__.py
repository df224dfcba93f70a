"""Every indicator of the platform, declared once, in the order of their codes."""

from simpul.results.indicators.declaration import Indicator, Part, Subject

__all__ = ["Indicator", "Part", "Subject"]
