"""``dvk entry``: draft, register, edit, return, withdraw, merge, look up one entry (hồ sơ)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

import typer

from registry.entry import Entry
from registry.entry_lifecycle import STATE_LABELS
from registry.errors import RegistryError
from registry.registration import LABELS
from tui.commands import say
from tui.commands.help import Command, Group
from tui.commands.season import AsJson, SeasonId
from tui.wiring import VIETNAM

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Hồ sơ: lập nháp, đăng ký, sửa, trả lại, rút, gộp, xem lịch sử.",
)

Code = Annotated[str, typer.Argument(metavar="MÃ", help="Mã hồ sơ, ví dụ HL-2018-065.")]
Fields = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="Ô=CHỮ…",
        help="Các ô của phiếu, có dấu hoặc không, ví dụ 'người phụ trách=Đặng Thị Hà' "
        "ngay-bat-dau=01/05/2018. Có: " + ", ".join(LABELS.values()) + ".",
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="LÝ DO", help="Đơn vị sẽ đọc lý do này.")]
Revision = Annotated[
    int | None,
    typer.Option(
        "--revision",
        metavar="SỐ",
        help="Bản đã đọc (dvk entry show --json). Nêu thì không ghi đè người vừa lưu.",
    ),
]


class FieldUnfit(RegistryError):
    def __init__(self, given: str) -> None:
        super().__init__(
            f"“{given}” không phải là ô của phiếu.",
            hint="Viết ô=chữ, ví dụ 'người phụ trách=Lê Văn Ý'.",
        )


@app.command("draft", cls=Command)
def draft(
    context: typer.Context, season: SeasonId, fields: Fields = None, as_json: AsJson = False
) -> None:
    """Lập bản nháp: được mã ngay, thiếu gì điền sau. Đăng ký bằng dvk entry register MÃ."""
    _tell(context.obj.desk().draft(season, _form(fields)), as_json=as_json)


@app.command("add", cls=Command)
def add(
    context: typer.Context, season: SeasonId, fields: Fields = None, as_json: AsJson = False
) -> None:
    """Đăng ký một hồ sơ mới: phải đủ bốn rõ và điều bộ quy tắc của đợt cần.

    Rõ người (người phụ trách), rõ việc (tên mô hình), rõ địa chỉ, rõ kết quả (kết quả đăng ký).
    Thiếu ở đâu nêu hết một lần, chưa ghi gì. Ví dụ:
    dvk entry add hl-2018 'tên mô hình=Đường hoa' 'đơn vị=Phường Bắc Hồng' 'lĩnh vực=Kinh tế'
    'cấp=Cấp tỉnh' 'loại hình=Tập thể' 'người phụ trách=Đặng Thị Hà' 'địa chỉ=Tổ dân phố 1'
    'kết quả đăng ký=200 hộ tham gia'
    """
    _tell(context.obj.desk().add_entry(season, _form(fields)), as_json=as_json)


@app.command("register", cls=Command)
def register(
    context: typer.Context, code: Code, revision: Revision = None, as_json: AsJson = False
) -> None:
    """Đăng ký bản nháp; hoặc đăng ký lại hồ sơ đã trả lại, đã rút."""
    _tell(context.obj.desk().register(code, revision=revision), as_json=as_json)


@app.command("edit", cls=Command)
def edit(
    context: typer.Context,
    code: Code,
    fields: Fields = None,
    revision: Revision = None,
    as_json: AsJson = False,
) -> None:
    """Sửa các ô của phiếu: ô nào nêu thì sửa ô ấy; ô= (để trống) thì xóa chữ trong ô."""
    _tell(context.obj.desk().edit(code, _form(fields), revision=revision), as_json=as_json)


@app.command("return", cls=Command)
def return_entry(
    context: typer.Context,
    code: Code,
    reason: Reason = "",
    revision: Revision = None,
    as_json: AsJson = False,
) -> None:
    """Trả hồ sơ lại cho đơn vị, có lý do; sửa xong thì dvk entry register."""
    desk = context.obj.desk()
    _tell(desk.return_entry(code, reason=reason, revision=revision), as_json=as_json)


@app.command("withdraw", cls=Command)
def withdraw(
    context: typer.Context,
    code: Code,
    reason: Reason = "",
    revision: Revision = None,
    as_json: AsJson = False,
) -> None:
    """Rút hồ sơ khỏi đợt, có lý do. Hồ sơ vẫn nằm trong sổ, không được chấm."""
    _tell(context.obj.desk().withdraw(code, reason=reason, revision=revision), as_json=as_json)


@app.command("merge", cls=Command)
def merge(
    context: typer.Context,
    code: Code,
    into: Annotated[str, typer.Option("--into", metavar="MÃ", help="Hồ sơ được giữ.")],
    reason: Reason = "",
    revision: Revision = None,
    as_json: AsJson = False,
) -> None:
    """Gộp hồ sơ đăng ký trùng vào hồ sơ được giữ; hồ sơ được giữ không đổi gì."""
    desk = context.obj.desk()
    _tell(desk.merge(code, into=into, reason=reason, revision=revision), as_json=as_json)


@app.command("show", cls=Command)
def show(context: typer.Context, code: Code, as_json: AsJson = False) -> None:
    """Phiếu đăng ký của một hồ sơ, trạng thái và lý do."""
    desk = context.obj.desk()
    entry = desk.entry(code)
    if as_json:
        say.out_json(entry)
        return
    terms = (
        choice for about in ("field", "level", "kind") for choice in desk.answer_choices(about)
    )
    say.out(entry_text(entry, dict(terms)))


@app.command("history", cls=Command)
def history(context: typer.Context, code: Code, as_json: AsJson = False) -> None:
    """Ai đã làm gì với hồ sơ, từ đầu: mỗi dòng nhật ký có ghi hồ sơ này."""
    lines = context.obj.desk().entry_history(code)
    if as_json:
        told = [
            {"seq": one.seq, "at": one.at, "officer": one.officer, "said": one.sentence}
            for one in lines
        ]
        say.out_json(told)
        return
    for one in lines:
        say.out(f"{one.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}  {one.officer}: {one.sentence}")
    say.note(f"{len(lines)} lần ghi.")


def entry_text(entry: Entry, terms: Mapping[str, str]) -> str:
    """An entry for a terminal, a field a line; *terms* are labels of the catalogue by id."""
    why = f": {entry.state_reason}" if entry.state_reason else ""
    rows = [("Mã", entry.code), ("Trạng thái", STATE_LABELS[entry.state] + why)]
    for name, label in LABELS.items():
        value = getattr(entry, name)
        text = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value or "–"
        rows.append((label, terms.get(text, text)))
    rows.append(("Bản số", str(entry.revision)))
    return say.table(rows)


def _form(fields: list[str] | None) -> dict[str, str]:
    form: dict[str, str] = {}
    for given in fields or ():
        name, sign, text = given.partition("=")
        if not sign:
            raise FieldUnfit(given)
        form[name.strip()] = text
    return form


def _tell(entry: Entry, *, as_json: bool) -> None:
    if as_json:
        say.out_json(entry)
    else:
        say.out(entry.code)
    say.note(f"{entry.code} {STATE_LABELS[entry.state]}, bản số {entry.revision}.")
