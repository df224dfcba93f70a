"""axe-core on the page one is looking at.

    assert violations(page) == []

Rules of WCAG 2.2 A and AA and axe's best practices. A line names the rule, what it wants, and the first places.
"""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds wrong, one line a rule."""
    page.evaluate(_source())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{v['id']}: {v['help']} ({', '.join(' '.join(n['target']) for n in v['nodes'][:3])})"
        for v in found["violations"]
    ]
