"""Going through a page with the Tab key alone.

    assert tabbed(page) == []

A line for each thing that can be used and is not come to, for each stop that shows no ring or lies behind something
else, and where the way jumps back. Of a group of radio buttons one is a stop; the arrows do the rest.
"""

from playwright.sync_api import Page

MOST = 400  # stops; a page that takes more has caught the keyboard
_BEGIN = """() => {
    const shown = (el) => el.checkVisibility({visibilityProperty: true}) && !el.disabled;
    const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    window.stops = [...document.querySelectorAll(wanted)].filter(shown);
    window.reached = new Set();
    document.activeElement.blur();
    window.getSelection().removeAllRanges();
    window.scrollTo(0, 0);
}"""
_STOP = """() => {
    const el = document.activeElement;
    if (!el || el === document.body || el === document.documentElement) return null;
    const at = window.stops.indexOf(el);
    const group = (one) => one.type === 'radio' ? one.name + (one.form ? '' : '?') : null;
    for (const one of window.stops) if (one === el || (group(el) && group(one) === group(el))) window.reached.add(one);
    const style = getComputedStyle(el), wrong = [];
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) wrong.push('no ring');
    const box = el.getBoundingClientRect();
    const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    const places = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [box.left + x * box.width,
        box.top + y * box.height])).filter(([x, y]) => inside(x, y));
    const seen = places.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (top === el || el.contains(top) || top.contains(el));
    });
    if (!seen) wrong.push('hidden');
    const name = (el.innerText || el.name || el.id || el.tagName).trim().slice(0, 40);
    return {at, name, wrong};
}"""
_MISSED = """() => window.stops.filter((el) => !window.reached.has(el))
    .map((el) => (el.innerText || el.name || el.id || el.tagName).trim().slice(0, 40))"""


def _further(page: Page) -> None:
    """One stop on. It moves at once: no other page comes of it."""
    page.keyboard.press("Tab")


def tabbed(page: Page) -> list[str]:
    """What is wrong for somebody who has no mouse."""
    page.evaluate(_BEGIN)
    wrong: list[str] = []
    before = -1
    for _stop in range(MOST):
        _further(page)
        stop = page.evaluate(_STOP)
        if stop is None:
            break
        wrong += [f"{said}: {stop['name']}" for said in stop["wrong"]]
        if 0 <= stop["at"] < before:
            break  # round again; a date has several stops of its own
        before = stop["at"] if stop["at"] >= 0 else before
    else:
        wrong.append("the keyboard does not get out")
    return wrong + [f"not come to: {name}" for name in page.evaluate(_MISSED)]
