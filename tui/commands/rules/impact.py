"""``dvk rules impact``: what a draft would do to the people of a season; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands import say
from tui.commands.context import Context
from tui.commands.rules.reading import day_words, pack_of
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from registry.desk.trial import Trial

Db = Annotated[
    Path | None, typer.Option("--db", metavar="TỆP", help="Tệp sổ đăng ký. Mặc định: DVK_DB.")
]


def impact(
    context: typer.Context,
    draft: Annotated[Path, typer.Argument(metavar="BẢN_NHÁP", help="Thư mục bộ quy tắc nháp.")],
    season: Annotated[str, typer.Option("--season", metavar="ĐỢT", help="Mã đợt, ví dụ hl-2018.")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Bộ quy tắc nháp làm ai lên, ai xuống, ai vào, ai bị đẩy ra; không lưu gì.

    Chấm lại số liệu đã chốt của đợt (chưa chấm thì số liệu hiện có) theo bộ đã ghim và theo bộ
    nháp, rồi so từng hồ sơ: điểm đổi ở tiêu chí nào, xếp loại, hạng, công nhận, biểu dương, ai
    thế chỗ ai theo chỉ tiêu nào. Ví dụ:
    dvk --db so.db rules impact rules/ban-nhap --season hl-2018
    """
    from scoring.comparing.changes import rule_changes
    from scoring.comparing.seasons import compare_seasons
    from tui.commands.rules import moving

    read = pack_of(context.obj, draft)
    trial = with_db(context.obj, db).desk().trial(season, read)
    pack = trial.draft
    changes = rule_changes(trial.pinned, pack)
    found = compare_seasons(trial.pinned, trial.facts, pack, trial.read, table=trial.table)
    if as_json:
        say.out_json(
            {
                "season": season,
                "run": trial.run,
                "pinned": _name(trial.pinned.id, trial.pinned.version),
                "draft": _name(pack.id, pack.version),
                "rules": changes,
                "lacking": trial.lacking,
                "unfit": trial.unfit,
                **moving.comparison_json(found, trial.facts, trial.pinned),
            }
        )
        return
    pinned = _name(trial.pinned.id, trial.pinned.version)
    when = day_words(pack) if context.obj.on is not None else ""
    source = f"số liệu của lượt chấm {trial.run}" if trial.run else "số liệu hiện có"
    say.out(
        f"Bản nháp {_name(pack.id, pack.version)}{when} so với {pinned} đã ghim; "
        f"đợt {season}, {source}."
    )
    say_lacking(trial)
    lines = moving.change_lines(changes)
    say.out("\n".join(["Quy tắc đổi:", *lines] if lines else ["Quy tắc không đổi gì."]))
    say.out(moving.summary(found, pack))
    for line in moving.move_lines(found, trial.pinned, pack):
        say.out(line)
    for line in moving.count_lines(found, trial.facts, trial.pinned):
        say.out(line)


def with_db(context: Context, db: Path | None) -> Context:
    """The options of this call; ``--db`` may stand before or after the command."""
    return context if db is None else replace(context, db=db)


def say_lacking(trial: Trial) -> None:
    """What the season cannot tell the draft, before anyone trusts the figures."""
    whole = len(trial.read)
    for lack in trial.lacking:
        say.note(
            f"Lưu ý: bộ quy tắc cần số liệu mới “{lack.label}” ({lack.fact}), "
            f"{lack.entries}/{whole} hồ sơ của đợt chưa có."
        )
    if trial.unfit:
        say.problems(trial.unfit)
        say.note(f"Lưu ý: {len(trial.unfit)} số liệu không hợp bộ quy tắc, coi như chưa có.")


def _name(id_: str, version: str) -> str:
    return f"{id_} {version}"
