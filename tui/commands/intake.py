"""``dvk intake``: look at what units sent, then take it in, all or nothing (nhập số liệu)."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import IntakeRefused, RegistryError
from registry.vietnamese import fold
from tui.commands import say
from tui.commands.help import Command, Group
from tui.commands.intake_asking import ask_all
from tui.commands.intake_files import incoming_of
from tui.commands.intake_words import as_json_of, show_plan, show_problems
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from registry.desk import Desk
    from registry.intake.answers import Answers
    from registry.intake.asking import Said
    from registry.intake.batch import BatchPlan, FileRead

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Nhập danh sách đơn vị gửi và bảng tính của cơ quan: xem trước, rồi nhập.",
)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="TỆP…", help="Tệp .xlsx, .xls, .docx, .csv, hoặc thư mục chứa chúng."),
]
Season = Annotated[str, typer.Option("--season", help="Mã đợt.", metavar="ĐỢT")]
Maps = Annotated[
    list[str] | None,
    typer.Option("--map", help="Cột lạ là gì: “Tên cột cũ=Tên mô hình”; để trống là bỏ cột."),
]
Means = Annotated[
    list[str] | None,
    typer.Option("--means", help="Cách ghi lạ là gì: “ĐTH=van-hoa-xa-hoi”."),
]
Fills = Annotated[
    list[str] | None,
    typer.Option("--fill", help="Điền chung khi thiếu: “Cấp đăng ký=Cấp thị xã”."),
]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", help="Đơn vị gửi, khi tệp không ghi: “tệp=Phường Bắc Hồng”."),
]
Encodings = Annotated[
    list[str] | None,
    typer.Option("--encoding", help="Bảng mã của tệp không có phông: “tệp=tcvn3”."),
]
Different = Annotated[
    list[str] | None,
    typer.Option(
        "--accept-look-alike",
        help="Ô nghi trùng là mô hình khác, nhận như mới.",
        metavar="Ô",
    ),
]
Alike = Annotated[
    list[str] | None,
    typer.Option("--same-look-alike", help="Ô nghi trùng chính là mô hình kia.", metavar="Ô"),
]


class NotConfirmed(RegistryError):
    def __init__(self) -> None:
        super().__init__("Chưa nhập: cần người đồng ý.", hint="Thêm --yes để nhập không hỏi.")


class NotWhole(RegistryError):
    def __init__(self, left_out: int) -> None:
        super().__init__(
            f"Chưa nhập: {left_out} chỗ không nhận được, mà --whole đòi nhận đủ.",
            hint="Sửa các chỗ nêu trên, hoặc bỏ --whole để chỉ nhập những hàng nhận được.",
        )


class CellUnknown(RegistryError):
    def __init__(self, cell: str) -> None:
        super().__init__(
            f"Không có hàng nào ở “{cell}”.",
            hint="Chép đúng ô mà dự kiến nêu, ví dụ “02 Phường Nam Hồng.xlsx:Sheet1!B14”.",
        )


@app.command("plan", cls=Command)
def plan(
    context: typer.Context,
    files: Files,
    *,
    season: Season,
    maps: Maps = None,
    means: Means = None,
    fills: Fills = None,
    units: Units = None,
    encodings: Encodings = None,
    different: Different = None,
    alike: Alike = None,
    as_json: AsJson = False,
) -> None:
    """Xem các tệp sẽ thêm, đổi những gì; không ghi gì.

    Mỗi hàng là mới, giống hệt, thay đổi, từ chối (nêu ô và lý do) hoặc nghi trùng với một mô
    hình khác của cùng đơn vị (để lại, chờ người quyết). Tệp có cột Mã là bảng của cơ quan: sai
    một ô thì cả tệp bị từ chối.
    """
    said = _said(maps, means, fills, units, encodings, different, alike)
    table = _Table.laid(context.obj.desk(), files, season, said, as_json=as_json)
    show_plan(table.plan, as_json=as_json)


@app.command("apply", cls=Command)
def apply(
    context: typer.Context,
    files: Files,
    *,
    season: Season,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Chỉ nhập khi không hàng nào bị để lại.")
    ] = False,
    maps: Maps = None,
    means: Means = None,
    fills: Fills = None,
    units: Units = None,
    encodings: Encodings = None,
    different: Different = None,
    alike: Alike = None,
    as_json: AsJson = False,
) -> None:
    """Nhập các tệp vào đợt, đúng như dự kiến đã nêu, trong một lần ghi.

    Hàng bị từ chối và hàng nghi trùng được nêu ra và để lại; những hàng còn lại vào sổ cùng
    một lúc, hoặc không hàng nào vào. Thêm --whole để không nhập gì khi còn một hàng bị để lại.
    Hồ sơ chưa có mã được cho mã của đợt và số kế tiếp (HL-2018-001, …) theo thứ tự tên tệp và
    thứ tự hàng; nhập lại đúng các tệp ấy không thêm gì. Câu trả lời (--map, --means) được nhớ
    cho đơn vị ấy.
    """
    said = _said(maps, means, fills, units, encodings, different, alike)
    desk = context.obj.desk()
    table = _Table.laid(desk, files, season, said, as_json=as_json)
    if not yes and sys.stdin.isatty():
        table = table.asked()
    if not yes:
        show_plan(table.plan, as_json=as_json)
    if whole and table.plan.left_out:
        show_problems(table.plan)
        raise NotWhole(table.plan.left_out)
    if not yes and not table.plan.is_empty and not _agreed():
        raise NotConfirmed
    if _all_there(table.plan):
        if yes:
            show_plan(table.plan, as_json=as_json)
        say.note(
            f"{len(table.plan.lists.same)} hồ sơ giống hệt số liệu đã có trong sổ, không ghi gì."
        )
        return
    done = desk.apply_files(table.read, season=season, answers=table.answers, agreed=table.plan)
    if yes:
        show_plan(done, as_json=as_json)
    say.note(f"Đã nhập {_named(table.read)} vào đợt {season}.")


@dataclass(frozen=True, slots=True)
class _Table:
    """What lies on the table: files read, answers given, the plan they come to."""

    desk: Desk
    season: str
    read: tuple[FileRead, ...]
    answers: Answers
    plan: BatchPlan

    @classmethod
    def laid(
        cls, desk: Desk, files: list[Path], season: str, said: Said, *, as_json: bool
    ) -> _Table:
        answers = desk.read_answers(said)
        incoming = incoming_of(files)
        told = say.file_progress()
        read = desk.read_files(incoming, season=season, answers=answers, told=told)
        try:
            plan = desk.plan_files(read, season=season, answers=answers)
        except IntakeRefused as refused:
            if as_json:
                say.out_json(as_json_of(refused))
            raise
        for cell in (*said.different, *said.alike):
            _check_cell(cell, plan)
        return cls(desk, season, read, answers, plan)

    def asked(self) -> _Table:
        """The same table once a person has answered what could be asked."""
        answers = ask_all(self.plan, self.answers, self.desk.answer_choices)
        if answers == self.answers:
            return self
        plan = self.desk.plan_files(self.read, season=self.season, answers=answers)
        return _Table(self.desk, self.season, self.read, answers, plan)


def _said(*given: list[str] | None) -> Said:
    # Imported here: `dvk --help` loads nothing of the registry's readers.
    from registry.intake.asking import Said

    maps, means, fills, units, encodings, different, alike = (tuple(one or ()) for one in given)
    return Said(
        maps=maps,
        means=means,
        fills=fills,
        units=units,
        encodings=encodings,
        different=different,
        alike=alike,
    )


def _check_cell(cell: str, plan: BatchPlan) -> None:
    lists = plan.lists
    known = {one.line.cell for one in (*lists.new, *lists.same, *lists.changed)}
    known |= {one.line.cell for one in (*lists.look_alike, *lists.dropped)}
    if cell not in known:
        raise CellUnknown(cell)


def _all_there(plan: BatchPlan) -> bool:
    """Whether lists of units hold nothing the register does not: sending them again is no fault."""
    return plan.is_empty and bool(plan.lists.same) and not plan.offices


def _named(read: tuple[FileRead, ...]) -> str:
    return read[0].file if len(read) == 1 else f"{len(read)} tệp"


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    answer = typer.prompt("Nhập vào sổ? (c/k)", default="k", err=True)
    return fold(answer.strip()) in {"c", "co", "y"}
