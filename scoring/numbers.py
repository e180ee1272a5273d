"""Exact numbers: rounding half up, and how points are written.

All arithmetic of the rules is rational (``fractions.Fraction``): 5/24 × 3 is exactly 0,625 and
rounds to 0,63, where 28-digit decimals give 0,62. Only a rounded number becomes a Decimal.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

HUNDREDTH = Decimal("0.01")
EXACT = Context(prec=5_000)
"""Room for every digit of points: the usual 28 digits would round a sum of long ones."""


def round_half_up(number: Fraction, quantum: Decimal) -> Decimal:
    """*number* to a multiple of *quantum*; a half goes away from zero."""
    over, under = quantum.as_integer_ratio()
    whole = _half_up(abs(number.numerator) * under, number.denominator * over)
    return EXACT.multiply(Decimal(whole if number >= 0 else -whole), quantum)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def plain(number: Decimal) -> str:
    """Points in a CSV: ``93.36``, at least two places and no more than it takes."""
    whole, _, decimals = f"{EXACT.plus(number):f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def format_points(number: Decimal | Fraction | int) -> str:
    """Points for a reader: ``93,36``."""
    return plain(_settled(number)).replace(".", ",")


def format_number(number: Decimal | Fraction | int, places: int = 4) -> str:
    """A quantity for a reader: ``1.250``, ``19,9``, ``87,6623…`` when it does not end."""
    # In integers: every sentence about every criterion comes through here.
    numerator, denominator = number.as_integer_ratio()
    scaled = abs(numerator) * 10**places
    shown = _half_up(scaled, denominator)
    whole, rest = divmod(shown, 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0")
    more = "…" if scaled % denominator else ""
    sign = "−" if numerator < 0 and shown else ""
    return sign + f"{whole:,}".replace(",", ".") + ("," + decimals if decimals else "") + more


def with_unit(text: str, unit: str) -> str:
    """``19,9 triệu đồng``, but ``95%``."""
    return text + unit if unit == "%" else f"{text} {unit}".strip()


def _settled(number: Decimal | Fraction | int) -> Decimal:
    return round_half_up(number, HUNDREDTH) if isinstance(number, Fraction) else Decimal(number)
