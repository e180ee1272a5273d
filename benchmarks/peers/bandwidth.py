"""Memory: reads the bytes the C pass reads, and does nothing with them."""

from __future__ import annotations

import ctypes

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.c_pass import compile_library
from benchmarks.peers.packed import packed_columns
from benchmarks.peers.peer import Peer, Run


def _prepare(facts: Facts) -> Run:
    library = compile_library()
    library.read_all.restype = ctypes.c_uint64
    held = b"".join(column.tobytes() for column in packed_columns(facts).values())
    words = np.frombuffer(held[: len(held) // 8 * 8], dtype=np.uint64)

    def run() -> None:
        library.read_all(ctypes.c_long(len(words)), ctypes.c_void_p(words.ctypes.data))

    return run


PEER = Peer(
    name="bandwidth",
    kind="ceiling",
    note="every packed byte read once and added up, nothing scored, one thread",
    prepare=_prepare,
)
