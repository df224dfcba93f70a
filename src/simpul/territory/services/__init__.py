"""Writes of the territory: loading, crosswalks, holidays, the demo's district."""

from simpul.territory.services.crosswalks import add_crosswalk, correct_crosswalk, withdraw_crosswalk
from simpul.territory.services.demo import load_demo_district, load_demo_villages, remove_demo_district
from simpul.territory.services.holidays import add_holiday, withdraw_holiday
from simpul.territory.services.loading import load_listing, load_territory

__all__ = [
    "add_crosswalk",
    "add_holiday",
    "correct_crosswalk",
    "load_demo_district",
    "load_demo_villages",
    "load_listing",
    "load_territory",
    "remove_demo_district",
    "withdraw_crosswalk",
    "withdraw_holiday",
]
