"""Lists drawn at random in every form a unit might send, and files damaged at random."""

import datetime as dt
import random
from dataclasses import dataclass

from unit_lists import (
    ATTRIBUTES,
    READ,
    csv_file,
    in_tcvn3,
    in_vni,
    old_workbook,
    told,
    unit_list,
    word_file,
    workbook,
)

from registry.errors import IntakeRefused
from registry.intake.sheets import read_workbook

FILE = "05 Phường Đậu Liêu"
HEADS = {
    "name": ("Tên mô hình", "Tên mô hình, điển hình", "TÊN MÔ HÌNH", "Mô hình đăng ký"),
    "field": ("Lĩnh vực", "Thuộc lĩnh vực", "Lĩnh vực (KT, VHXH)", "LV"),
    "level": ("Cấp đăng ký", "Cấp", "Đăng ký cấp"),
    "kind": ("Loại hình", "Tập thể/cá nhân", "TT/CN"),
    "person": ("Người phụ trách", "Họ và tên người phụ trách", "Họ tên"),
    "started_on": ("Ngày bắt đầu", "Thời gian bắt đầu", "Bắt đầu từ"),
}
SAID = {
    "kinh-te": ("KT", "Kinh tế", "Phát triển kinh tế"),
    "van-hoa-xa-hoi": ("VHXH", "VH-XH", "VH – XH", "Văn hoá xã hội", "văn hóa - xã hội"),
    "thi-xa": ("TX", "Thị xã", "cấp thị xã"),
    "tinh": ("Tỉnh", "cấp tỉnh"),
    "tap-the": ("TT", "Tập thể"),
    "ca-nhan": ("CN", "Cá nhân"),
}
DAYS = ("{:%d/%m/%Y}", "{:%d-%m-%y}", "{:%Y-%m-%d}", "{:%d.%m.%Y}")
ENDS = (("", "Tổng cộng: 2 mô hình"), ("", "Cộng: 2"), (), ("", "", "Người lập biểu"))


@dataclass(frozen=True)
class Drawn:
    words: str
    file: str
    data: bytes
    whole: bool
    """Whether it has to come out as the two entries, or may be refused."""


def drawn(seed):
    """A list in a form drawn by *seed*."""
    chance = random.Random(seed)
    rows = list(_rows(chance))
    form, font, convert = chance.choice(
        (
            ("xlsx", None, str),
            ("xlsx", ".VnTime", in_tcvn3),
            ("xlsx", "VNI-Times", in_vni),
            ("xls", "Arial", str),
            ("xls", ".VnArial", in_tcvn3),
            ("docx", "", str),
            ("docx", ".VnTime", in_tcvn3),
            ("docx", "VNI-Times", in_vni),
            ("csv", "utf-8-sig", str),
            ("csv", "utf-16", str),
        )
    )
    words = f"{form} {font} {rows}"
    if form == "csv":
        data = csv_file(*rows, encoding=font, delimiter=chance.choice(";\t,"))
    elif form == "xlsx":
        data = workbook(*rows, font=font, convert=convert)
    elif form == "xls":
        data = old_workbook(*rows, font=font, convert=convert)
    else:
        data = word_file(*rows, font=font, convert=convert)
    return Drawn(words, f"{FILE}.{form}", data, whole=True)


def damaged(seed):
    """A drawn list with some of its bytes changed, or cut short."""
    chance = random.Random(seed)
    whole = drawn(seed)
    data = bytearray(whole.data)
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = chance.choice((len(data), chance.randrange(len(data))))
    return Drawn(whole.words, whole.file, bytes(data[:cut]), whole=False)


def fault_of(one):
    """What is wrong with how *one* is read; empty when nothing is."""
    if one.whole:
        read = unit_list(one.data, file=one.file)
        found = told(read)
        return "" if found == READ and not read.refused else f"{found} {read.refused}"
    try:
        sheets = read_workbook(one.data, file=one.file)
    except IntakeRefused as refused:
        return "" if all(problem.hint for problem in refused.problems) else "a refusal without hint"
    return "" if all(sheet.file == one.file for sheet in sheets) else "a sheet of another file"


def _rows(chance):
    yield from (("PHƯỜNG ĐẬU LIÊU",), ("DANH SÁCH ĐĂNG KÝ NĂM 2018",), ())[: chance.randrange(4)]
    order = list(ATTRIBUTES)
    chance.shuffle(order)
    yield (chance.choice(("STT", "TT")), *(chance.choice(HEADS[name]) for name in order))
    for number, values in enumerate(READ, 1):
        row = dict(zip(ATTRIBUTES, values, strict=True))
        yield (number, *(_written(row[name], chance) for name in order))
        if chance.random() < 0.3:
            yield ()
    yield chance.choice(ENDS)


def _written(value, chance):
    if isinstance(value, dt.date):
        return chance.choice(DAYS).format(value)
    return chance.choice(SAID.get(value, (value,)))
