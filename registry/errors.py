"""Refusals: something a person asked for cannot be done, and what can be done instead."""

from __future__ import annotations

from scoring.problems import Problem


class RegistryError(Exception):
    """Something a person asked for cannot be done; ``hint`` says what can be."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}".strip())


class IntakeRefused(RegistryError):
    """A workbook cannot be taken in. Carries every problem found, each with its cell."""

    def __init__(self, problems: tuple[Problem, ...], *, file: str) -> None:
        self.problems, self.file = problems, file
        super().__init__(
            f"Không nhập được {file}: {len(problems)} chỗ cần sửa, chưa ghi gì.",
            hint="Sửa các chỗ nêu trên trong bảng tính rồi nhập lại.",
        )
