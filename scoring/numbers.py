"""Exact numbers: rounding half up, and how points are written.

All arithmetic of the rules is rational (``fractions.Fraction``): 5/24 × 3 is exactly 0,625 and
rounds to 0,63, where 28-digit decimals give 0,62. Only a rounded number becomes a Decimal.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

HUNDREDTH = Decimal("0.01")


def round_half_up(number: Fraction, quantum: Decimal) -> Decimal:
    """*number* to a multiple of *quantum* (a power of ten); a half goes away from zero."""
    steps = abs(number) / Fraction(quantum)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return Decimal(whole if number >= 0 else -whole) * quantum


def plain(number: Decimal) -> str:
    """Points in a CSV: ``93.36``, always at least two places, no exponent."""
    exponent = number.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{number + 0:.{places}f}"


def format_points(number: Decimal | Fraction | int) -> str:
    """Points for a reader: ``93,36``."""
    return plain(_settled(number)).replace(".", ",")


def format_number(number: Decimal | Fraction | int, places: int = 4) -> str:
    """A quantity for a reader: ``1.250``, ``19,9``, ``87,6623…`` when it does not end."""
    exact = Fraction(number)
    shown = round_half_up(exact, Decimal(1).scaleb(-places))
    whole, _, rest = f"{abs(shown):,.{places}f}".replace(",", " ").partition(".")
    rest = rest.rstrip("0")
    more = "" if Fraction(shown) == exact else "…"
    sign = "−" if shown < 0 else ""
    return sign + whole.replace(" ", ".") + ("," + rest if rest else "") + more


def _settled(number: Decimal | Fraction | int) -> Decimal:
    return round_half_up(number, HUNDREDTH) if isinstance(number, Fraction) else Decimal(number)
