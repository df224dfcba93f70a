"""No test looks at a page before it is there: what a click leads to is waited for, with `expect` or `arrived`."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parent
ACTS = {"click", "tap", "press"}
AT_ONCE = {"evaluate", "violations", "fits", "url", "content", "all", "objects"}


def _acts(statement: ast.stmt) -> bool:
    """Whether it ends in a click, or calls one of the short names that tests give to one."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    called = statement.value.func
    return isinstance(called, ast.Name | ast.Attribute) and _name(called) in ACTS


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _looks_at_once(statement: ast.stmt) -> bool:
    head = statement.iter if isinstance(statement, ast.For) else statement
    names = {_name(node) for node in ast.walk(head) if isinstance(node, ast.Name | ast.Attribute)}
    return bool(names & AT_ONCE) and not names & {"arrived", "expect"}


def hasty(source: str) -> Iterator[int]:
    """The lines that look at a page directly after a click."""
    for node in ast.walk(ast.parse(source)):
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            if isinstance(block, list):
                pairs = pairwise(block)
                yield from (after.lineno for before, after in pairs if _acts(before) and _looks_at_once(after))


def test_what_a_click_leads_to_is_waited_for() -> None:
    files = sorted(FOLDER.glob("*.py"))
    assert len(files) > 10
    found = [f"{path.name}:{line}" for path in files for line in hasty(path.read_text(encoding="utf-8"))]
    assert found == [], "the page may still be the one before: say `arrived(page, heading)` or `expect(...)` first"


def test_a_hasty_look_is_found() -> None:
    looks = (
        'page.get_by_role("link").click()\nassert violations(page) == []\npress(page, "Kirim")\nassert page.url == "/"'
    )
    assert list(hasty(looks)) == [2, 4]
    assert list(hasty('page.get_by_role("link").click()\nassert violations(arrived(page, "Akun")) == []')) == []
