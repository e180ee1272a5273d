"""``dvk season``: open, pin, score, rank, decide, verify (đợt thi đua)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from registry.errors import RegistryError
from registry.season import new_season
from registry.views import CertificateList, Funnel, Ranking
from scoring.numbers import format_points
from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.help import Command, Group

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Đợt thi đua: mở, ghim, chấm, xếp hạng, ra quyết định.",
)

SeasonId = Annotated[str, typer.Argument(metavar="ĐỢT", help="Mã đợt, ví dụ hl-2018.")]
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON cho chương trình khác đọc.")]


@app.command("open", cls=Command)
def open_season(
    context: typer.Context,
    season: SeasonId,
    title: Annotated[str, typer.Option(help="Tên đợt, ví dụ “Hồng Lĩnh 2018”.")],
    year: Annotated[int, typer.Option(help="Năm, ví dụ 2018.", metavar="SỐ")],
    body: Annotated[str, typer.Option(help="Cơ quan ban hành quyết định.")] = "",
    superior: Annotated[str, typer.Option(help="Cơ quan chủ quản, dòng trên cùng.")] = "",
    place: Annotated[str, typer.Option(help="Địa danh trước ngày tháng.")] = "",
    as_json: AsJson = False,
) -> None:
    """Mở một đợt thi đua mới; sổ chưa có thì lập sổ."""
    told = {"body": body, "superior": superior, "place": place}
    # Looked at first: a season that cannot be opened leaves no empty register behind.
    new_season(season, title=title, year=year, **told)
    opened = context.obj.desk_or_new().open_season(season, title=title, year=year, **told)
    if as_json:
        say.out_json(opened)
    say.note(f"Đã mở đợt {opened.id}: {opened.title} ({opened.year}).")


@app.command("list", cls=Command)
def list_seasons(context: typer.Context, as_json: AsJson = False) -> None:
    """Các đợt có trong sổ."""
    seasons = context.obj.desk().seasons()
    if as_json:
        say.out_json(seasons)
    elif seasons:
        say.out(say.table([(one.id, str(one.year), one.title) for one in seasons]))
    else:
        say.note("Sổ chưa có đợt nào.\n    → dvk season open MÃ --title TÊN --year NĂM")


@app.command("pin", cls=Command)
def pin(
    context: typer.Context,
    season: SeasonId,
    pack: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục bộ quy tắc.")],
    as_json: AsJson = False,
) -> None:
    """Ghim bộ quy tắc sẽ dùng để chấm; các ca kiểm thử của bộ phải đạt."""
    pinned = context.obj.desk().pin_pack(season, pack)
    if as_json:
        say.out_json({key: getattr(pinned, key) for key in ("id", "version", "title", "digest")})
    say.note(f"Đã ghim {pinned.id} {pinned.version} ({pinned.digest[:12]}) cho đợt {season}.")


@app.command("score", cls=Command)
def score(context: typer.Context, season: SeasonId, as_json: AsJson = False) -> None:
    """Chấm điểm, xếp hạng, xét chọn cả đợt; lưu thành một lượt chấm."""
    funnel = context.obj.desk().score(season)
    for other in funnel.awaiting:
        say.note(f"Lưu ý: đợt {other} chưa chấm, số lấy từ sổ chưa tính đợt ấy.")
    if as_json:
        say.out_json(funnel)
    else:
        say.out(funnel_text(funnel))


@app.command("show", cls=Command)
def show(context: typer.Context, season: SeasonId, as_json: AsJson = False) -> None:
    """Các con số của đợt: đăng ký → công nhận → biểu dương."""
    funnel = context.obj.desk().funnel(season)
    if as_json:
        say.out_json(funnel)
    else:
        say.out(funnel_text(funnel))


@app.command("ranking", cls=Command)
def ranking(
    context: typer.Context,
    season: SeasonId,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="TỆP", help="Ghi bảng kết quả ra tệp CSV.")
    ] = None,
    selection: Annotated[
        str | None,
        typer.Option("--selection", metavar="LƯỢT", help="Chỉ những ai được chọn, vd bieu-duong."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bảng xếp hạng; với --csv thì ghi điểm từng tiêu chí của mọi hồ sơ."""
    desk = context.obj.desk()
    if csv is not None:
        write_whole(csv, desk.ranking_csv(season).encode())
        say.note(f"Đã ghi {csv}.")
        return
    if selection is not None:
        _chosen(desk.certificate_list(season, selection), as_json=as_json)
        return
    found = desk.ranking(season)
    if as_json:
        say.out_json([one.line for one in found.lines])
    else:
        say.out(ranking_text(found))


def _chosen(view: CertificateList, *, as_json: bool) -> None:
    if as_json:
        say.out_json(view.lines)
        return
    rows = [("Hạng", "Mã", "Điểm", "Xếp loại", "Tên mô hình", "Đơn vị")]
    rows += [
        (str(one.rank), one.code, format_points(one.total), one.grade, one.name, one.unit)
        for one in sorted(view.lines, key=lambda line: (line.rank, line.code))
    ]
    say.out(f"{view.title}\n{say.table(rows, right=frozenset({0, 2}))}")


@app.command("decide", cls=Command)
def decide(
    context: typer.Context,
    season: SeasonId,
    number: Annotated[str, typer.Option(help="Số quyết định, ví dụ 05/QĐ-UBND.")],
    signed_on: Annotated[
        str, typer.Option("--on", help="Ngày ký, ví dụ 20/12/2018.", metavar="NGÀY")
    ],
    signer_post: Annotated[str, typer.Option("--post", help="Chức vụ người ký; dấu | xuống dòng.")],
    signer_name: Annotated[str, typer.Option("--signer", help="Họ tên người ký.")],
    reason: Annotated[str, typer.Option(help="Lý do, khi thay quyết định đã ghi.")] = "",
    as_json: AsJson = False,
) -> None:
    """Ghi số quyết định đã ký cho lượt chấm cuối; bản in thôi là dự thảo, đợt được khóa."""
    decision = context.obj.desk().decide(
        season,
        number=number,
        signed_on=read_day(signed_on),
        signer_post=signer_post,
        signer_name=signer_name,
        reason=reason,
    )
    if as_json:
        say.out_json(decision)
    say.note(f"Đã ghi Quyết định {decision.number}, ký ngày {decision.signed_on:%d/%m/%Y}.")


@app.command("verify", cls=Command)
def verify(context: typer.Context, season: SeasonId, as_json: AsJson = False) -> None:
    """Tính lại mọi lượt chấm, soát nhật ký, đối chiếu từng giá trị trong sổ với nhật ký.

    Đáp 0 khi tất cả khớp; 1 khi có chỗ không khớp, nêu từng hồ sơ: mã, tên, trong sổ là gì, nhật
    ký ghi gì, dòng nào, ai. Sửa sổ bằng chương trình khác, trước hay sau khi chấm, đều lộ ở đây.
    """
    report = context.obj.inspected().verify(season, progress=say.progress("Kiểm tra lại"))
    if as_json:
        say.out_json(report)
    else:
        run = (
            f"Lượt chấm {report.run}: {report.run_digest}" if report.run else "Chưa chấm lượt nào."
        )
        say.out(run)
        say.out(f"Nhật ký {report.audit_lines} dòng, dòng cuối: {report.audit_head}")
        for problem in report.problems:
            say.out(f"SAI: {problem}")
        for notice in report.notices:
            say.note(f"Lưu ý: {notice}")
    say.note("Khớp." if not report.problems else f"{len(report.problems)} điều không khớp.")
    if report.problems:
        raise typer.Exit(1)


def read_day(text: str) -> dt.date:
    """A day on the command line. Raises DayRefused."""
    from scoring.facts import Fact, FactRefused, FactType, read_fact

    try:
        day = read_fact(Fact(id="on", label="Ngày ký", type=FactType.DATE), text)
    except FactRefused as refused:
        raise DayRefused(refused.message, refused.hint) from None
    if not isinstance(day, dt.date):
        raise DayRefused("chưa ghi ngày nào.", "Viết ngày/tháng/năm, ví dụ 20/12/2018.")
    return day


class DayRefused(RegistryError):
    def __init__(self, why: str, hint: str) -> None:
        super().__init__(f"Ngày ký (--on): {why}", hint=hint)


def funnel_text(funnel: Funnel) -> str:
    """The season in numbers, for a terminal."""
    steps = [
        ("Đăng ký", funnel.registered),
        ("Đủ điều kiện xét", funnel.considered),
        ("Được công nhận", funnel.recognised),
        ("Được biểu dương", funnel.commended),
    ]
    rows = [
        (label, "–" if number is None else str(number), _bar(number, funnel.registered))
        for label, number in steps
    ]
    lines = [f"{funnel.season.title} ({funnel.season.id})", say.table(rows, right=frozenset({1}))]
    for name, counts in (("Cấp", funnel.by_level), ("Lĩnh vực", funnel.by_field)):
        parts = [
            f"{one.label}: {one.registered}"
            + (f" → {one.recognised} → {one.commended}" if one.recognised is not None else "")
            for one in counts
        ]
        if parts:
            lines.append(f"{name}: " + "; ".join(parts))
    if funnel.by_grade:
        lines.append("Xếp loại: " + "; ".join(f"{label}: {n}" for label, n in funnel.by_grade))
    if funnel.stale:
        lines.append("Số liệu đã đổi sau lượt chấm cuối: chấm lại để có kết quả mới.")
    return "\n".join(lines)


def _bar(number: int | None, whole: int) -> str:
    return "█" * round(30 * number / whole) if number and whole else ""


def ranking_text(found: Ranking) -> str:
    """The ranking for a terminal: who is commended, who was displaced and by what."""
    head = ("Hạng", "Mã", "Điểm", "Xếp loại", "", "Tên mô hình")
    rows = [head]
    for one in found.lines:
        line = one.line
        if line.rank is None:
            continue
        mark = "★" if line.commended else "✓" if line.recognised else ""
        total = format_points(line.total) if line.total is not None else ""
        rows.append((str(line.rank), line.code, total, line.grade, mark, line.name))
    said = [
        f"  {award.code}: {award.reason} ({award.basis})"
        for one in found.lines
        for award in one.awards
        if award.outcome in ("displaced", "tied", "waiting")
    ]
    text = say.table(rows, right=frozenset({0, 2}))
    text += "\n★ biểu dương   ✓ công nhận"
    return text + ("\nVướng chỉ tiêu hoặc chờ bỏ phiếu:\n" + "\n".join(said) if said else "")
