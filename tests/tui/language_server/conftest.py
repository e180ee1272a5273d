"""A small pack on disk, and an editor that has started the server."""

from pathlib import Path

import pytest
import pytest_asyncio
from editor import Editor

PACK = """\
id: nho
version: 1.0.0
title: Bộ quy tắc nhỏ 😀
basis: [{document: Quy định nhỏ}]
effective: {from: 2018-01-01, to: 2018-12-31}
facts:
  so_ngay: {type: integer, min: 0, max: 60, unit: ngày, label: Số ngày muộn}
  ngay_nop: {type: date, label: Ngày nộp, ask: register, entry: registered_on}
  ky_luat: {type: choice, label: Kỷ luật, choices: {khong: Không, khien-trach: Khiển trách}}
constants:
  han_nop: {label: hạn nộp, value: 2018-11-30, basis: Điều 1 khoản 3}
derived:
  so_tuan:
    label: Số tuần muộn
    unit: tuần
    value: so_ngay / 7 + max(days_between(han_nop, ngay_nop), 0)
gates:
  - {id: DK.1, label: "Không muộn quá 10 ngày 😀", require: "so_ngay <= 10", basis: Điều 1}
grades:
  - {id: tot, label: Tốt, when: total >= 3 and I >= 2, basis: Điều 3}
  - {id: dat, label: Đạt, basis: Điều 3}
caps:
  - {id: T.1, label: Bị khiển trách, when: 'ky_luat == "khien-trach"', at_most: dat, basis: Điều 3}
ranking:
  among: [tot, dat]
  order: [total]
  then: vote
  basis: Điều 4
selections:
  - {id: khen, label: Khen, from: [tot], quotas: [{most: 3}], basis: Điều 5}
"""
TABLE = """\
criteria:
  - id: I
    label: Đúng hạn
    max: 4
    basis: Điều 2
    tiers:
      of: so_tuan
      bands:
        - {to: 1, points: 4}
        - {above: 1, to: 5, points: 2} # muộn ít
        - {above: 5, points: 0}
"""
CASES = """\
base: {so_ngay: 0, ngay_nop: 2018-11-30, ky_luat: khong}
cases:
  - {name: đúng hạn, expect: {I: 4, grade: tot}}
  - {name: muộn, given: {so_ngay: 8}, expect: {I: 2}}
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "bộ quy tắc"
    for file, text in {
        "pack.yaml": PACK,
        "criteria/10.yaml": TABLE,
        "tests/00.yaml": CASES,
    }.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory):
    """One server for all tests of a module: starting takes longer than most answers."""
    editor = Editor(tmp_path_factory.mktemp("không có gì"))
    await editor.start("rules", "lsp")
    yield editor
    assert await editor.stop() == 0


@pytest_asyncio.fixture(loop_scope="module")
async def editor(server, folder):
    server.turn_to(folder)
    yield server
    assert server.logged == []
