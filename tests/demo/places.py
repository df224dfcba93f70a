"""The areas the demo speaks of: all a test of it has to have."""

from simpul.demo.acceptance.plan import REGENCIES

NEEDED = (
    *REGENCIES, "52.01", "52.02", "52.03.03", "52.03.04", "52.03.05", "52.03.09", "52.03.17", "52.04", "52.06", "52.08",
    "52.71", "52.72", "31", "34", "11", "12", "13", "16", "18", "51", "53", "64", "71",
)  # fmt: skip
