"""Orders by whole numbers: what a sort that knows no fractions can sort by, exactly."""

from __future__ import annotations

from scoring.columns.plan import Key, Plan
from scoring.columns.program import Program, Ref


def whole_key(program: Program, key: Key) -> Ref:
    """A whole number for every row, larger exactly where *key* is; no value comes lowest.

    Two fractions with bottoms up to B that differ do so by 1/B² at least, so the whole parts of
    their B²-folds differ too; and of equal ones they are equal, whatever they were computed from.
    """
    p, value = program, key.value
    top = value.top if value.factor > 0 else p.subtract(p.constant(0), value.top)
    if value.factor == 0:
        top = p.constant(0)
    if value.bottom.constant is None:
        top = p.floor_divide(p.times(top, value.bottom.high**2), value.bottom)
    return p.select(key.defined, top, p.constant(top.low - 1))


def whole_outputs(plan: Plan) -> dict[str, Ref]:
    """Every output of *plan*; ``key order 0`` and so on stand for the fractions of its orders."""
    found = {name: ref for name, ref in plan.outputs().items() if not name.startswith("order ")}
    orders = {name: key for name, key in plan.keys().items() if name.startswith("order ")}
    return found | {f"key {name}": whole_key(plan.program, key) for name, key in orders.items()}
