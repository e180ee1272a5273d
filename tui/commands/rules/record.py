"""``dvk rules record``: a real entry of a register as a case, without its names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from registry.rulebook import read_pack_files
from tui.commands import say
from tui.commands.files import read_whole, write_whole
from tui.commands.rules.impact import Db, with_db
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from scoring.rules import Pack
    from scoring.sheet import Facts


class NamesMatter(RegistryError):
    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} chấm ra điểm khác khi bỏ tên: bộ quy tắc đọc tên, địa chỉ hoặc đơn vị.",
            hint="Viết ca này bằng tay, với tên do bạn đặt.",
        )


class EntryNotRead(RegistryError):
    def __init__(self, code: str, season: str) -> None:
        super().__init__(
            f"{code} chưa có trong lượt chấm của đợt {season}.",
            hint=f"Chấm lại: dvk season score {season}.",
        )


class CaseNotAppended(RegistryError):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"Không thêm được ca vào cuối {file}.",
            hint="Tệp cần kết thúc bằng danh sách cases viết mỗi ca một gạch đầu dòng; "
            "hoặc ghi ra tệp mới, ví dụ tests/90-thuc-te.yaml.",
        )


class CaseFails(RegistryError):
    def __init__(self, file: Path, wrong: str) -> None:
        super().__init__(
            f"Ca vừa ghi không đạt trong bộ quy tắc của {file}: {wrong}",
            hint="Chưa ghi gì. Kiểm tra lại số liệu base của bộ quy tắc.",
        )


def record(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã hồ sơ trong sổ.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Thêm vào tệp này trong tests/ của bộ quy tắc; không có thì in ra.",
            metavar="TỆP",
        ),
    ] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Ghi một hồ sơ thật thành ca kiểm thử, bỏ hết tên.

    Số liệu lấy từ lượt chấm gần nhất; tên mô hình, địa chỉ, đơn vị thay bằng chữ trung tính. Ca
    mong đợi đúng điểm từng tiêu chí, xếp loại và điều kiện đã chấm, nên lần sau sửa quy tắc mà
    kết quả của hồ sơ như thế thay đổi thì biết ngay. Ví dụ:
    dvk --db so.db rules record HL-2018-047 --out rules/dan-van-kheo-minh-hoa/tests/90-thuc-te.yaml
    """
    from scoring.case_runs import run_case
    from scoring.cases import parse_base, parse_cases
    from scoring.pack import parse_pack
    from scoring.peers import peer_values
    from scoring.proving.record import NotAppended, appended
    from scoring.proving.record import record as recorded

    desk = with_db(context.obj, db).desk()
    entry = desk.entry_sheet(code).entry
    files: dict[str, str] = {}
    folder, name = Path(), ""
    base: Facts = {}
    if out is None:
        pack = desk.pack_of(entry.season)
    else:
        folder = out.parent.parent
        name = folder.as_posix()
        files = read_pack_files(folder)
        pack = parse_pack(files, name=name)
        base = parse_base(files, pack, name=name)
    trial = desk.trial(entry.season, pack)
    pack, season = trial.draft, trial.read
    if entry.code not in season:
        raise EntryNotRead(entry.code, entry.season)
    peers = peer_values(pack, season)[entry.code]
    names = [case.name for case in parse_cases(files, pack, name=name)] if files else []
    number = 1 + max(map(_number, names), default=0)
    proposal, same = recorded(
        pack, season[entry.code], base=base or _nothing(pack), peers=peers, number=number
    )
    if not same:
        raise NamesMatter(entry.code)
    if out is not None:
        before = read_whole(out).decode("utf-8") if out.exists() else ""
        try:
            after = appended(before, proposal.text)
        except NotAppended:
            raise CaseNotAppended(out) from None
        files[f"tests/{out.name}"] = after
        last = parse_cases(files, pack, name=name)
        mine = next(one for one in last if one.name == proposal.case.name)
        if wrong := run_case(pack, mine):
            raise CaseFails(out, str(wrong[0]))
        write_whole(out, after.encode())  # line ends and byte order mark as they were
        say.note(f"Đã ghi {entry.code} (bỏ tên) thành ca “{proposal.case.name}” trong {out}.")
    if as_json:
        say.out_json({"name": proposal.case.name, "case": proposal.text, "file": out})
    elif out is None:
        say.out(proposal.text.rstrip("\n"))


def _number(name: str) -> int:
    """The number of a recorded case, 0 for any other."""
    found = re.match(r"thực tế (\d+):", name)
    return int(found[1]) if found else 0


def _nothing(pack: Pack) -> Facts:
    """No base to differ from: then every fact is told, and what is missing is told as null."""
    return dict.fromkeys(pack.facts, "")
