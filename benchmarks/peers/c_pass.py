"""C by hand: one fused pass over narrow integers, compiled here and now. What a machine can do."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.days import INSPECTED, ON_TIME, STARTED
from benchmarks.peers.packed import NARROW, choice_points, packed_columns
from benchmarks.peers.peer import Peer, PeerMissing, Run
from benchmarks.reference import CITIES, KIND_POINTS, LEVEL_POINTS

SOURCE = Path(__file__).with_name("c_pass.c")


def compile_library() -> ctypes.CDLL:
    """The passes of ``c_pass.c`` as a library. Raises PeerMissing without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise PeerMissing("no C compiler: install gcc or clang to see this peer")
    pointers = "".join(
        f"const {np.dtype(kind).name}_t *{name} = columns[{at}];\n"
        for at, (name, kind) in enumerate(NARROW.items())
    )
    text = SOURCE.read_text(encoding="utf-8").replace("    COLUMNS\n", pointers)
    # The library stays mapped after its file is gone.
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "pass.c", Path(folder) / "pass.so"
        source.write_text(text, encoding="utf-8")
        flags = ["-O3", "-march=native", "-fPIC", "-shared", "-o", str(library)]
        subprocess.run([compiler, *flags, str(source)], check=True)
        return ctypes.CDLL(str(library))


def _prepare(facts: Facts) -> Run:
    library = compile_library()
    columns = packed_columns(facts)
    units = np.array([100 if one in CITIES else 200 for one in facts.choices["don_vi"]], np.int32)
    tables = (
        choice_points(facts, KIND_POINTS, "loai_mo_hinh"),
        choice_points(facts, LEVEL_POINTS, "cap_dang_ky"),
        units,
        np.array([ON_TIME, INSPECTED, *STARTED], np.int32),
    )
    pointers = (ctypes.c_void_p * len(columns))(*(one.ctypes.data for one in columns.values()))

    def run() -> np.ndarray:
        # The pointers do not keep the columns alive; this closure does.
        totals = np.empty(len(columns["don_vi"]), dtype=np.int32)
        addresses = [ctypes.c_void_p(one.ctypes.data) for one in (*tables, totals)]
        library.score(ctypes.c_long(len(totals)), pointers, *addresses)
        return totals

    return run


PEER = Peer(
    name="c-pass",
    kind="ceiling",
    note="C by hand, one fused pass without branches, narrow integers, exact, one thread",
    prepare=_prepare,
)
