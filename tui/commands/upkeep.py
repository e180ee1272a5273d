"""``dvk backup``, ``restore``, ``doctor``: keeping a register whole (trông coi sổ)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from tui.commands import say
from tui.commands.season import AsJson
from tui.wiring import VIETNAM, clock

if TYPE_CHECKING:
    from registry.desk.upkeep import RestorePlan

MOST_LINES_SHOWN = 20
_SIGNS = {"good": "tốt ", "notice": "CHÚ Ý", "bad": "HỎNG"}


class NotAgreed(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "Chưa khôi phục: sổ đang dùng sẽ bị thay.",
            hint="Đọc kỹ những gì nêu trên, rồi thêm --yes để khôi phục.",
        )


class RestoreIsForFiles(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "dvk restore chỉ thay được sổ trong một tệp; sổ này ở trên máy chủ.",
            hint="Tạo một cơ sở dữ liệu trống rồi dvk import bản sao lưu vào đó; hoặc khôi phục "
            "bằng công cụ của máy chủ (pg_restore).",
        )


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="TỆP",
            help="Tên bản sao, hoặc thư mục để đặt nó; không nêu: cạnh sổ, tên kèm ngày giờ.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sao lưu sổ ra một tệp; người khác vẫn làm việc được trong lúc ấy.

    Bản sao được mở lại, soát cấu trúc và cả chuỗi nhật ký rồi mới được mang tên; không bao giờ
    ghi đè tệp có sẵn. Ghi lại dấu in ra để sau này biết bản sao còn nguyên. Sổ trên máy chủ
    PostgreSQL được sao lưu thành một thư mục xuất mở (như dvk export), nhập lại bằng dvk import.
    """
    made = context.obj.desk().back_up(file, progress=say.progress("Soát bản sao"))
    if as_json:
        say.out_json(made)
        return
    say.out(str(made.path))
    say.note(
        f"Đã sao lưu {made.size / (1 << 20):.1f} MB, soát lại còn nguyên.".replace(".", ",", 1)
    )
    say.note(f"Nhật ký {made.lines} dòng, dòng cuối {made.head[:16]}")
    say.note(f"Dấu của tệp (SHA-256): {made.digest}")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao lưu sẽ thay sổ đang dùng.")],
    yes: Annotated[bool, typer.Option("--yes", help="Đồng ý thay sổ đang dùng.")] = False,
    as_json: AsJson = False,
) -> None:
    """Khôi phục sổ từ một bản sao lưu; sổ đang dùng được giữ lại bên cạnh dưới tên khác.

    Không kèm --yes: chỉ soát bản sao và nêu những việc sẽ mất, không ghi gì.
    """
    from registry.desk.upkeep import plan_restore
    from registry.desk.upkeep import restore as put_back

    chosen = context.obj.settings()
    if chosen.server is not None:
        raise RestoreIsForFiles
    plan = plan_restore(
        file,
        chosen.db,
        anywhere=chosen.allow_location,
        progress=say.progress("Soát bản sao"),
    )
    if not yes:
        if as_json:
            say.out_json(plan)
        else:
            say.out(plan_text(plan))
        raise NotAgreed
    aside = put_back(plan, officer=chosen.officer, clock=clock)
    if as_json:
        say.out_json({"plan": plan, "kept": aside})
    else:
        say.out(plan_text(plan, done=True))
    if aside is not None:
        say.note(f"Sổ trước khi khôi phục được giữ ở {aside}.")
    say.note(f"Đã khôi phục {plan.register} từ {plan.copy.path}.")


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Khám sổ: tệp, bảng, nhật ký, chỗ đặt, chỗ trống, quyền đọc, đồng hồ, sao lưu.

    Chỉ đọc, không sửa gì; mỗi điều nêu kèm cách xử lý. Đáp 0 khi không có gì hỏng, 1 khi có.
    """
    from registry.desk.upkeep import examine

    chosen = context.obj.settings()
    found = examine(
        chosen.server or chosen.db.expanduser(),
        clock=clock,
        anywhere=chosen.allow_location,
        progress=say.progress("Soát nhật ký"),
    )
    if as_json:
        say.out_json(found)
    else:
        for one in found:
            say.out(f"{_SIGNS[one.health.value]:<5}  {one.said}")
            if one.hint:
                say.out(f"       → {one.hint}")
    ill = sum(one.health.value == "bad" for one in found)
    noticed = sum(one.health.value == "notice" for one in found)
    say.note(f"{ill} chỗ hỏng, {noticed} điều chú ý." if ill or noticed else "Sổ khỏe.")
    if ill:
        raise typer.Exit(1)


def plan_text(plan: RestorePlan, *, done: bool = False) -> str:
    """What restoring loses, for a terminal."""
    copy = plan.copy
    lines = [
        f"Bản sao {copy.path}: còn nguyên, nhật ký {copy.lines} dòng, dòng cuối {copy.head[:16]}"
    ]
    if plan.is_missing:
        return "\n".join([*lines, f"Chưa có sổ {plan.register}: không có gì để mất."])
    if plan.unreadable:
        lines.append(f"Sổ đang dùng không đọc được ({plan.unreadable}): không biết sẽ mất gì.")
        return "\n".join(lines)
    if plan.has_parted:
        lines.append(
            f"Bản sao và sổ đang dùng chỉ giống nhau {plan.common} dòng nhật ký đầu: từ đó mỗi bên "
            "ghi một khác."
        )
    if not plan.lost:
        return "\n".join([*lines, "Sổ đang dùng không có việc nào sau bản sao: không mất gì."])
    verb = "Đã bỏ" if done else "Sẽ mất"
    lines.append(f"{verb} {len(plan.lost)} việc ghi sau bản sao:")
    shown = plan.lost[:MOST_LINES_SHOWN]
    lines += [
        f"  dòng {one.seq}  {one.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}  {one.officer}: "
        f"{one.sentence}"
        for one in shown
    ]
    if len(plan.lost) > len(shown):
        lines.append(f"  … và {len(plan.lost) - len(shown)} việc khác (xem đủ bằng --json)")
    return "\n".join(lines)
