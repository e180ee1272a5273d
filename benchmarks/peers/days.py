"""The pack's dates as day numbers, for peers that know no dates or are faster without.

``months_between(start, 2024-11-30) >= 24`` holds exactly when the start is not after 2022-11-30.
"""

from __future__ import annotations

import datetime as dt


def day(iso: str) -> int:
    """A date as days since 1970-01-01."""
    return (dt.date.fromisoformat(iso) - dt.date(1970, 1, 1)).days


ON_TIME = day("2024-03-31")
INSPECTED = day("2024-01-01")
STARTED = (day("2022-11-30"), day("2023-11-30"), day("2024-05-30"))
"""The last days to have lasted 24, 12 and 6 months; a start on 2024-05-31 makes five."""
