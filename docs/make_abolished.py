"""Make ``registry/abolished-2025.txt`` from the package vietnamadminunits (MIT), unpacked.

pip download --no-deps vietnamadminunits==1.0.4 && unzip vietnamadminunits-1.0.4-*.whl -d X
python docs/make_abolished.py X/vietnamadminunits/data
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from registry.vietnamese import tidy

TARGET = Path(__file__).parent.parent / "registry" / "abolished-2025.txt"
HEAD = """\
# Cấp huyện thôi hoạt động từ 01/7/2025: tên, tỉnh cũ, tỉnh mới, các xã, phường, đặc khu kế thừa.
# Nguồn: gói vietnamadminunits 1.0.4 (PyPI, giấy phép MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu).
# Làm lại bằng docs/make_abolished.py.
"""


def steps(data: Path) -> Iterator[tuple[str, str, str]]:
    """New province, new commune and the old commune it took all or part of, as keys."""
    found = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    for province, communes in found["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in communes.items():
            yield from ((province, new, old) for old in olds)
    for province, split in found["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in split.items():
            yield from ((province, new["newWardKey"], old) for new in news)


def lines(data: Path) -> Iterator[str]:
    base = sqlite3.connect(data / "dataset.db")
    names = {
        (row[0], row[1]): row[2:]
        for row in base.execute("select provinceKey, wardKey, province, ward from admin_units")
    }
    old_names = {
        f"{row[0]}_{row[1]}": row[2:]
        for row in base.execute(
            "select distinct provinceKey, districtKey, district, province from admin_units_legacy"
        )
    }
    became: dict[str, dict[tuple[str, str], None]] = {}
    for province, new, old in steps(data):
        became.setdefault(old.rsplit("_", 1)[0], {})[names[province, new]] = None
    for key in sorted(old_names):
        news = sorted(became[key])
        provinces = "; ".join(sorted({province for province, _ in news}))
        communes = "; ".join(commune for _, commune in news)
        yield "\t".join(as_written(cell) for cell in (*old_names[key], provinces, communes))


def as_written(cell: str) -> str:
    """*cell* with the capitals the State writes; the package has a few ``Thị Xã``."""
    return tidy(cell).replace("Thị Xã ", "Thị xã ").replace("Thành Phố ", "Thành phố ")


if __name__ == "__main__":
    text = HEAD + "".join(f"{line}\n" for line in lines(Path(sys.argv[1])))
    TARGET.write_text(text, encoding="utf-8")
