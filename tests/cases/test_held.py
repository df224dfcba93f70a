"""Whoever may write in a case is asked of the row they hold: what happened while they waited for it counts."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Case
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.planning import plan_step
from simpul.cases.services.sight import exclude_person
from simpul.kernel.errors import NotFound
from tests.architecture.source import SRC
from tests.cast import Cast
from tests.factories.cases import NOW, make_case, victim_of
from tests.racing import at_once

SERVICES: Final = SRC / "cases" / "services"
# Rules that read the row of a case, or of what hangs on it.
JUDGES: Final = {
    "authorise", "authorise_coordinating", "authorise_processing", "authorise_recording", "require_answering",
    "require_approving", "require_disposing", "require_naming", "require_refusing",
}  # fmt: skip


@pytest.mark.racing
def test_nothing_is_written_into_a_case_after_it_was_hidden_from_whoever_writes(raced: None, stage: Any) -> None:
    """One hides it while three things are written: each was written before, or it was not found."""
    cast: Cast = stage.set_up()
    for _round in range(3):
        case = make_case(cast.lentera, actor=cast.ani.actor)
        _assert_none_after(case, at_once(*_acts(cast, case)))


def _acts(cast: Cast, case: Case) -> list[Callable[[], object]]:
    ani, victim, day = cast.ani.actor, victim_of(case), NOW.date()
    assert cast.ani.person
    return [
        lambda: exclude_person(cast.budi.actor, case, cast.ani.person, now=NOW),  # type: ignore[arg-type]
        lambda: add_need(ani, victim, kind="SV.07", time_frame="week", now=NOW),
        lambda: provide_service(ani, victim, kind="SV.07", provided_on=day, result="done", now=NOW),
        lambda: plan_step(ani, case, what="Ke kantor desa", now=NOW),
    ]


def _assert_none_after(case: Case, ends: list[object]) -> None:
    """Acts on one case are numbered in the order in which it was held."""
    assert all(isinstance(end, NotFound) for end in ends if isinstance(end, Exception))
    done = list(Act.objects.filter(ref_id=case.pk).order_by("id").values_list("act", flat=True))
    written = [act for act in done if act in {"cases.add_need", "cases.provide_service", "cases.plan_step"}]
    assert len(written) == sum(not isinstance(end, Exception) for end in ends[1:])
    assert done[-1] == "cases.exclude_person"


def test_services_of_cases_judge_within_the_transaction_that_holds_the_row() -> None:
    found = [f"{path.stem}.{name}" for path in sorted(SERVICES.glob("*.py")) for name in _judging_before(path)]
    assert not found, f"these ask before they hold the row: {found}"


def _judging_before(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [one.name for one in functions if _opens_transaction(one) and _judges_outside(one)]


def _opens_transaction(function: ast.AST) -> bool:
    return any(isinstance(node, ast.With) and _is_atomic(node) for node in ast.walk(function))


def _judges_outside(function: ast.FunctionDef) -> bool:
    within = {id(node) for block in ast.walk(function) if isinstance(block, ast.With) and _is_atomic(block)
              for node in ast.walk(block)}  # fmt: skip
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return any(call.func.id in JUDGES and id(call) not in within for call in calls)  # type: ignore[attr-defined]


def _is_atomic(block: ast.With) -> bool:
    return any("transaction.atomic" in ast.unparse(item.context_expr) for item in block.items)
