"""``dvk rules test``: the cases beside rules, and what they leave untried."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from registry.rulebook import read_pack_files
from scoring.problems import Place
from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.reading import folder_at
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scoring.case_runs import Mismatch
    from scoring.cases import Case
    from scoring.proving.coverage import Coverage
    from scoring.rules import Pack
    from scoring.sheet import Facts


MOST_SEARCHED = 300
"""Each example takes a search; who lacks so many cases needs the list first."""


@dataclass(frozen=True, slots=True)
class _Failure:
    case: Case
    wrong: tuple[Mismatch, ...]
    diverges: str


def test(
    context: typer.Context,
    folder: Folder,
    cover: Annotated[
        bool, typer.Option("--cover", help="Nêu mọi điều các ca chưa thử, kèm số liệu nên thử.")
    ] = False,
    least: Annotated[
        float | None,
        typer.Option(
            "--min", help="Độ phủ ít nhất, phần trăm; thấp hơn thì trả mã 1.", metavar="SỐ"
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--junit", help="Ghi thêm báo cáo JUnit XML cho máy dựng.", metavar="TỆP"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Chạy các ca kiểm thử cạnh bộ quy tắc (tests/*.yaml).

    Ca sai nêu điều mong đợi, điều tính được, và mệnh đề đầu tiên rẽ sang hướng khác. Với --cover:
    mỗi điều kiện phải từng đúng và từng sai, mỗi bậc từng có hồ sơ rơi vào, mỗi ngưỡng được thử
    ngay dưới, đúng và ngay trên, mỗi điểm tối đa từng đạt, mỗi chỉ tiêu từng hết chỗ.
    """
    from scoring.case_runs import run_case
    from scoring.cases import parse_base, parse_cases
    from scoring.dated import pack_at
    from scoring.pack import parse_pack
    from scoring.proving.divergence import divergence_of

    folder = folder_at(context.obj, folder)
    files = read_pack_files(folder)
    name = folder.as_posix()
    pack = pack_at(parse_pack(files, name=name), context.obj.on)
    cases = parse_cases(files, pack, name=name)
    failed = tuple(
        _Failure(case, wrong, divergence_of(pack, case))
        for case in cases
        if (wrong := run_case(pack, case))
    )
    covered: Coverage | None = None
    proposals: Mapping[Any, str] = {}
    if cover or least is not None:
        base = parse_base(files, pack, name=name)
        covered, proposals = _cover(pack, cases, base, search=cover)
    if report is not None:
        _write_report(report, pack.id, cases, failed, _shortfall(covered, least))
    if as_json:
        say.out_json(_as_json(cases, failed, covered, proposals))
    else:
        _tell(cases, failed, covered if cover else None, proposals)
    if covered is not None and not as_json:
        say.out(
            f"Độ phủ {_percent(covered)}: {covered.wanted - len(covered.missing)}/{covered.wanted}."
        )
    too_low = covered is not None and least is not None and covered.percent < least
    if too_low:
        say.note(
            f"Độ phủ thấp hơn mức yêu cầu {least:g}%.\n    → Xem --cover rồi thêm ca cho chỗ thiếu."
        )
    if failed or not cases or too_low:
        raise typer.Exit(1)


def _cover(
    pack: Pack, cases: tuple[Case, ...], base: Facts, *, search: bool
) -> tuple[Coverage, Mapping[Any, str]]:
    from scoring.proving.coverage import Survey, coverage_of
    from scoring.proving.gaps import proposals_for
    from scoring.proving.proposals import Proposer

    covered = coverage_of(pack, cases)
    start = base or next((one.facts for one in cases if one.facts), {})
    if not search or not covered.missing:
        return covered, {}
    if len(covered.missing) > MOST_SEARCHED:
        say.note(
            f"Còn {len(covered.missing)} chỗ chưa thử: chỉ liệt kê, không tìm số liệu nên thử.\n"
            f"    → Thêm ca cho còn dưới {MOST_SEARCHED} chỗ thì có đề xuất."
        )
        return covered, {}
    proposer = Proposer(pack, base, start, cases)
    return covered, proposals_for(Survey(pack), covered.missing, proposer, base)


def _tell(
    cases: tuple[Case, ...],
    failed: tuple[_Failure, ...],
    covered: Coverage | None,
    proposals: Mapping[Any, str],
) -> None:
    for one in failed:
        say.note(f"{one.case.place}: {one.case.name}")
        for wrong in one.wrong:
            say.note(f"    {wrong}")
        if one.diverges:
            say.note(f"    rẽ từ {one.diverges}")
    if not cases:
        say.note("Chưa có ca kiểm thử nào.\n    → Viết ít nhất một ca trong tests/*.yaml.")
    else:
        say.out(f"{len(cases) - len(failed)}/{len(cases)} ca đạt.")
    for demand in covered.missing if covered is not None else ():
        place = f"{demand.place}: " if _is_known(demand.place) else ""
        say.out(f"{place}{demand.owner}: {demand.text}")
        if demand.what in proposals:
            say.out(f"    → thử {proposals[demand.what]}")


def _is_known(place: Place) -> bool:
    return place.file != "?"


def _percent(covered: Coverage) -> str:
    """Cut, never rounded up: 100% is said of nothing less."""
    tenths = int(covered.percent * 10)
    return f"{tenths // 10},{tenths % 10}%"


def _as_json(
    cases: tuple[Case, ...],
    failed: tuple[_Failure, ...],
    covered: Coverage | None,
    proposals: Mapping[Any, str],
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "cases": len(cases),
        "failed": [
            {
                "place": str(one.case.place),
                "name": one.case.name,
                "wrong": [str(wrong) for wrong in one.wrong],
                "diverges": one.diverges,
            }
            for one in failed
        ],
    }
    if covered is not None:
        told["coverage"] = {
            "percent": round(float(covered.percent), 2),
            "wanted": covered.wanted,
            "missing": [
                {
                    "place": str(one.place) if _is_known(one.place) else None,
                    "clause": one.owner,
                    "what": one.text,
                    "try": proposals.get(one.what),
                }
                for one in covered.missing
            ],
        }
    return told


def _shortfall(covered: Coverage | None, least: float | None) -> str | None:
    """What a report says of the coverage asked for: empty when it is there, None when none was."""
    if covered is None or least is None:
        return None
    if covered.percent >= least:
        return ""
    untried = "\n".join(f"{one.owner}: {one.text}" for one in covered.missing)
    return f"Độ phủ {_percent(covered)}, yêu cầu {least:g}%\n{untried}"


def _write_report(
    path: Path,
    suite: str,
    cases: tuple[Case, ...],
    failed: tuple[_Failure, ...],
    shortfall: str | None,
) -> None:
    from scoring.proving.junit import Check, junit

    why = {
        one.case.place: "\n".join([*map(str, one.wrong), *filter(None, [one.diverges])])
        for one in failed
    }
    checks = [Check(case.name, str(case.place), why.get(case.place, "")) for case in cases]
    if shortfall is not None:
        checks.append(Check("độ phủ", suite, shortfall))
    write_whole(path, junit(suite, checks).encode())
