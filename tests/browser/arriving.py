"""Being on the page that a click led to.

A click returns when the browser has begun to go there: the document may still be the one before, or empty. `expect` and
`wait_for_url` wait; `evaluate`, `violations`, `.url`, `.content()` and `.all()` look at once. So between the two stands

    assert violations(arrived(page, "Pemberitahuan")) == []
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE


def arrived(page: Page, heading: str) -> Page:
    """The page, once it is the one whose first heading holds these words and all it asked for has come."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.wait_for_load_state()
    return page


def fits(page: Page) -> bool:
    """Whether nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def comes(page: Page, happens: Callable[[], bool]) -> None:
    """Waits until it does, for what no `expect` can look at; AssertionError where it doesn't."""
    for _ in range(PATIENCE // 100):
        if happens():
            return
        page.wait_for_timeout(100)
    assert happens(), "it never came"
