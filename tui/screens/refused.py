"""Lời từ chối: the desk's refusal, carried from a worker thread to whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from registry.errors import RegistryError


@dataclass
class Refused(Message):
    """The desk refused; the app shows why and what can be done."""

    refusal: RegistryError
