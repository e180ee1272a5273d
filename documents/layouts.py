"""Layouts of official papers (thể thức văn bản), as dated profiles: a decree changes, old paper
stays as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from registry.errors import RegistryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Margins and type sizes one regulation asks for.

    Unit: millimetres for margins and gaps, points for type.
    """

    id: str
    basis: str
    effective_from: dt.date
    top: float
    bottom: float
    left: float
    right: float
    body_column: float
    """Share of the width the issuing body's block takes; the motto has the rest."""
    body_rule: float
    """Length of the rule under the issuing body, as a share of its last line."""
    superior: float
    body: float
    state: float
    """Quốc hiệu."""
    motto: float
    """Tiêu ngữ."""
    title: float
    text: float
    cell: float
    page_number: float
    signing_space: float


ND30 = Layout(
    id="nd30",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I",
    effective_from=dt.date(2020, 3, 5),
    top=20,
    bottom=20,
    left=30,
    right=15,
    body_column=0.4,
    body_rule=0.42,
    superior=13,
    body=13,
    state=13,
    motto=14,
    title=14,
    text=14,
    cell=12,
    page_number=13,
    signing_space=24,
)

LAYOUTS = {layout.id: layout for layout in (ND30,)}


class LayoutUnknown(RegistryError):
    def __init__(self, asked: str) -> None:
        super().__init__(
            f"Không có thể thức văn bản “{asked}”.", hint=f"Hiện có: {', '.join(LAYOUTS)}."
        )


def layout_of(layout_id: str) -> Layout:
    """The layout called *layout_id*. Raises LayoutUnknown."""
    if layout_id not in LAYOUTS:
        raise LayoutUnknown(layout_id)
    return LAYOUTS[layout_id]
