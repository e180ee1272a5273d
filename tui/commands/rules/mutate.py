"""``dvk rules mutate``: would the cases notice if the pack were wrong?"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from registry.errors import RegistryError
from registry.rulebook import read_pack_files
from tui.commands import say
from tui.commands.rules.basic import Folder
from tui.commands.rules.reading import folder_at
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from scoring.proving.mutants import Mutant
    from scoring.proving.mutate import MutationReport


class CasesFail(RegistryError):
    def __init__(self, count: int, folder: str) -> None:
        super().__init__(
            f"{count} ca kiểm thử đang sai, chưa thử đột biến được.",
            hint=f"Chạy dvk rules test {folder} và sửa cho các ca đều đạt.",
        )


def mutate(
    context: typer.Context,
    folder: Folder,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Chỉ thử chừng ấy đột biến, rải đều.", metavar="SỐ"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sửa sai thử từng chỗ của bộ quy tắc, xem các ca có phát hiện không.

    Mỗi đột biến đổi một chỗ: “từ” thành “trên”, ngưỡng hay điểm lệch một bước, “và” thành “hoặc”,
    bỏ một điều kiện, một bậc, một chỉ tiêu… Đột biến không ca nào phát hiện được nêu ra, kèm một
    ca đề xuất đã chạy thử: chép vào tests/*.yaml sau khi đối chiếu với văn bản. Đột biến mà quả
    thật không ca nào phân biệt được thì ghi vào accepted, kèm lý do (xem rules/README.md).
    """
    from scoring.accepted import parse_accepted
    from scoring.case_runs import run_case
    from scoring.cases import parse_base, parse_cases
    from scoring.dated import pack_at
    from scoring.pack import parse_pack
    from scoring.proving.mutate import mutate as try_mutants

    folder = folder_at(context.obj, folder)
    files = read_pack_files(folder)
    name = folder.as_posix()
    pack = pack_at(parse_pack(files, name=name), context.obj.on)
    cases = parse_cases(files, pack, name=name)
    if failing := sum(1 for case in cases if run_case(pack, case)):
        raise CasesFail(failing, name)
    base, accepted = parse_base(files, pack, name=name), parse_accepted(files, name=name)
    began = time.perf_counter()
    report = try_mutants(
        pack,
        cases,
        base=base,
        accepted=accepted,
        limit=limit,
        progress=say.progress("Thử đột biến"),
    )
    speed = report.tried / max(time.perf_counter() - began, 0.001)
    if as_json:
        say.out_json(_as_json(report, speed))
    else:
        _tell(report, speed)
    if report.survivors or report.stale:
        raise typer.Exit(1)


def _tell(report: MutationReport, speed: float) -> None:
    for one in report.survivors:
        say.out(f"{_place(one.mutant)}{one.mutant.change}")
        if one.because:
            say.out(f"    → đã chấp nhận vì “{one.because}”, nhưng vẫn có ca phân biệt được")
        if one.proposal is None:
            say.out("    → chưa tìm được ca phân biệt; xem lại mệnh đề này có thừa không")
        else:
            say.out("    → thêm ca:")
            for line in one.proposal.text.splitlines():
                say.out(f"      {line}")
    for one in report.justified:
        say.out(f"{_place(one.mutant)}{one.mutant.change}")
        say.out(f"    → chấp nhận: {one.because}")
    for reason in report.stale:
        say.out(f"{reason.place}: đột biến không còn lọt, bỏ mục này khỏi accepted:")
        say.out(f"    {reason.change}")
    justified = f"{len(report.justified)} chấp nhận có lý do, " if report.justified else ""
    say.out(
        f"{report.tried} đột biến: {report.killed} bị phát hiện, "
        f"{len(report.equivalent)} không đổi kết quả của hồ sơ nào (chứng minh được), "
        f"{justified}{len(report.survivors)} lọt."
    )
    say.note(f"{speed:.0f} đột biến/giây.")


def _place(mutant: Mutant) -> str:
    return f"{mutant.place}: " if mutant.place.file != "?" else ""


def _as_json(report: MutationReport, speed: float) -> dict[str, Any]:
    return {
        "tried": report.tried,
        "killed": report.killed,
        "equivalent": [_row(one) for one in report.equivalent],
        "survivors": [
            {**_row(one.mutant), "proposal": one.proposal.text if one.proposal else None}
            for one in report.survivors
        ],
        "justified": [{**_row(one.mutant), "because": one.because} for one in report.justified],
        "stale": [
            {"place": str(one.place), "change": one.change, "because": one.because}
            for one in report.stale
        ],
        "mutants_per_second": round(speed, 1),
    }


def _row(mutant: Mutant) -> dict[str, Any]:
    known = mutant.place.file != "?"
    return {
        "place": str(mutant.place) if known else None,
        "clause": mutant.owner,
        "what": mutant.what,
    }
