"""Values by date: what a pack reads on a day, what its author got wrong, what is told of it."""

import datetime as dt
from decimal import Decimal

import pytest
from dated_pack import PACK, dated, files

from scoring.authoring.format import format_file
from scoring.authoring.prose import markdown
from scoring.authoring.regulation import regulation_of
from scoring.case_runs import run_case
from scoring.cases import parse_base, parse_cases
from scoring.comparing.changes import Difference, difference_of, rule_changes
from scoring.dated import is_dated, pack_at
from scoring.explain import sentences_of
from scoring.lint.linting import lint_pack
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.proving.coverage import Survey, coverage_of
from scoring.proving.divergence import divergence_of
from scoring.proving.gaps import proposals_for
from scoring.proving.mutate import mutate
from scoring.proving.proposals import Proposer
from scoring.score import score

FACTS = {"tien": Decimal(2340000)}
BEFORE, OLD, NEW = dt.date(2024, 6, 30), dt.date(2026, 6, 30), dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("on", "value", "since", "basis"),
    [
        (dt.date(2024, 7, 1), 2340000, dt.date(2024, 7, 1), "NĐ 73/2024"),
        (OLD, 2340000, dt.date(2024, 7, 1), "NĐ 73/2024"),
        (NEW, 2530000, NEW, "Luật"),
        (None, 2530000, NEW, "Luật"),
    ],
)
def test_constant_has_the_value_in_force_on_the_day(on, value, since, basis):
    one = pack_at(dated(), on).constants["luong_co_so"]

    assert (one.value, one.since, one.basis) == (value, since, basis)


def test_pack_without_a_day_reads_the_newest_values():
    pack = dated()

    assert (pack.on, pack.constants, pack.not_yet) == (None, pack_at(pack, NEW).constants, {})


def test_constant_has_no_value_before_its_first_and_comes_back_later():
    early = pack_at(dated(), BEFORE)

    assert ([*early.constants], [*early.not_yet]) == (["tran"], ["luong_co_so"])
    assert pack_at(early, NEW) == pack_at(dated(), NEW)
    assert [*pack_at(early, NEW).constants] == ["luong_co_so", "tran"]


def test_only_a_pack_with_values_by_date_is_dated():
    once = dated(
        ("    values:\n      - {from: 2024-07-01, value: 2340000, basis: NĐ 73/2024}\n", ""),
        ("      - {from: 2026-07-01, value: 2530000}\n", "    value: 2530000\n"),
    )

    assert (is_dated(dated()), is_dated(pack_at(dated(), BEFORE)), is_dated(once)) == (
        True,
        True,
        False,
    )


def test_points_follow_the_day():
    found = [score(pack_at(dated(), on), "A", FACTS) for on in (OLD, NEW)]

    assert [[line.points for line in one.lines] for one in found] == [
        [Decimal("1.00"), Decimal("1.00")],
        [Decimal("0.92"), Decimal("0.00")],
    ]


def test_explanation_names_the_value_since_when_it_holds_and_its_basis():
    sheet = score(pack_at(dated(), OLD), "A", FACTS)

    assert sentences_of(sheet.lines[1])[1] == (
        "Số liệu: Tiền thưởng: 2.340.000 đồng; "
        "Lương cơ sở: 2.340.000 đồng (từ 01/07/2024, NĐ 73/2024)"
    )


def test_whoever_reads_a_value_too_early_says_so():
    sheet = score(pack_at(dated(), BEFORE), "A", FACTS)

    assert [(line.points, line.lack) for line in sheet.lines] == [
        (None, "chưa có “Hệ số”: lương cơ sở chưa có giá trị trước ngày 01/07/2024"),
        (None, "chưa có “lương cơ sở”: chưa có giá trị trước ngày 01/07/2024"),
    ]
    assert sheet.lines[1].readings[1].told == ("Lương cơ sở: chưa có giá trị trước ngày 01/07/2024")


VALUES = PACK[PACK.index("    values:") : PACK.index("  tran:")]


@pytest.mark.parametrize(
    ("changes", "line", "column", "code", "said"),
    [
        ([(VALUES, "")], 10, 5, "constant", "đúng một trong value, values (chưa có cái nào)"),
        ([("    values:", "    value: 1\n    values:")], 10, 5, "constant", "đang có cả hai"),
        ([("2026-07-01, v", "2024-07-01, v")], 15, 16, "values", "Ngày 01/07/2024 ghi hai lần."),
        ([("2026-07-01, v", "2023-07-01, v")], 15, 16, "values", "đứng trước 01/07/2024"),
        ([("value: 2530000", "value: 2026-11-30")], 15, 35, "values", "Giá trị này là ngày"),
        ([("value: 2530000", 'value: "x"')], 15, 35, "bad-type", "không phải một hằng số"),
        ([("{from: 2026-07-01, value", "{since: 2026-07-01, value")], 15, 9, "missing-key", "from"),
        ([(VALUES, "    values: []\n")], 13, 13, "empty", "values"),
    ],
)  # fmt: skip
def test_fault_in_values_by_date_is_told_at_its_place(changes, line, column, code, said):
    with pytest.raises(PackError) as refused:
        dated(*changes)

    problem = refused.value.problems[0]
    assert (problem.place.line, problem.code) == (line, code), str(problem)
    assert problem.place.column == column, str(problem)
    assert said in str(problem)


CASES = """\
base: {tien: 2340000}
cases:
  - {name: lương cũ, at: 2026-06-30, expect: {I: 1, II: 1, grade: dat}}
  - {name: lương mới, expect: {II: 0, grade: kem}}
  - {name: chưa có lương, at: 2024-06-30, expect: {II: null}}
"""


def read(text):
    given = files(tests=text)
    pack = parse_pack(given, name="p")
    return pack, parse_cases(given, pack, name="p"), parse_base(given, pack, name="p")


def test_case_is_scored_on_its_own_day():
    pack, cases, _ = read(CASES)

    assert [run_case(pack, case) for case in cases] == [(), (), ()]
    assert [[m.what for m in run_case(pack_at(pack, OLD), case)] for case in cases] == [
        [],
        ["II", "xếp loại"],
        [],
    ]


@pytest.mark.parametrize(
    ("day", "code", "said"),
    [
        ("hôm qua", "bad-type", "không phải là ngày"),
        ("2023-12-31", "dates", "Ngày 31/12/2023 bộ quy tắc không có hiệu lực."),
    ],
)
def test_day_of_a_case_is_checked(day, code, said):
    with pytest.raises(PackError) as refused:
        read(CASES.replace("2026-06-30", day))

    [problem] = refused.value.problems
    assert (problem.code, problem.place.line) == (code, 3)
    assert said in problem.message


def test_failing_case_is_explained_by_the_values_of_its_day():
    pack, cases, _ = read(CASES.replace("I: 1, II: 1, grade: dat", "II: 0"))

    assert "phải: 2.340.000" in divergence_of(pack, cases[0])


def dated_demands(coverage):
    return [one.text for one in coverage.missing if one.what[1] == "used"]


def test_coverage_wants_every_value_by_date_used():
    pack, cases, _ = read(CASES)

    assert dated_demands(coverage_of(pack, cases)) == []
    assert dated_demands(coverage_of(pack, cases[1:])) == [
        "“lương cơ sở”: chưa ca nào dùng giá trị 2.340.000 đồng (từ 01/07/2024)"
    ]


def test_uncovered_value_comes_with_a_day_to_try():
    pack, cases, base = read(CASES)
    covered = coverage_of(pack, cases[1:])
    [demand] = [one for one in covered.missing if one.what[1] == "used"]

    found = proposals_for(Survey(pack), [demand], Proposer(pack, base, base, cases), base)

    assert [*found.values()] == ["at: 2024-07-01"]


def test_mutation_moves_values_and_their_days_and_proposes_a_dated_case():
    pack, cases, base = read(CASES)
    report = mutate(pack, cases, base=base)

    told = {one.mutant.what: one.proposal.text for one in report.survivors if one.mutant.owner == "luong_co_so"}  # fmt: skip
    assert [*told] == [
        "từ 01/07/2024: 2.340.000 → 2.339.999",
        "từ 01/07/2024: 01/07/2024 → 02/07/2024",
        "từ 01/07/2026: 2.530.000 → 2.530.001",
        "từ 01/07/2026: 2.530.000 → 2.529.999",
        "từ 01/07/2026: 01/07/2026 → 02/07/2026",
    ]
    assert all(", at: 2024-07-01," in text or ", at: 2026-07-01," in text for text in told.values())
    _, more, _ = read(CASES + "".join(f"  {text}" for text in told.values()))
    assert [run_case(pack, case) for case in more[3:]] == [()] * 5


def test_only_days_the_pack_applies_on_are_wanted_and_proposed():
    given = files(("{from: 2024-01-01}", "{from: 2024-09-01, to: 2024-12-31}"), tests=CASES[:22])
    pack = parse_pack(given, name="p")
    base = parse_base(given, pack, name="p")

    covered = coverage_of(pack, ())
    [demand] = [one for one in covered.missing if one.what[1] == "used"]
    assert "từ 01/07/2024" in demand.text
    early = pack_at(pack, BEFORE)
    for read in (pack, early):
        found = proposals_for(Survey(read), [demand], Proposer(read, base, base), base)
        assert [*found.values()] == ["at: 2024-09-01"]
    told = [one.mutant.what for one in mutate(pack, (), base=base).survivors]
    assert [one for one in told if one.startswith("từ 0")] == [
        "từ 01/07/2024: 2.340.000 → 2.340.001",
        "từ 01/07/2024: 2.340.000 → 2.339.999",
    ]


def dated_findings(given):
    found = lint_pack(given, name="p")
    return [(one.code, one.place.line) for one in found if one.code.startswith("dated-")]


def test_lint_finds_days_without_a_value_and_values_without_a_day():
    assert dated_findings(files()) == [("dated-late", 14)]

    over = files(
        ("effective: {from: 2024-01-01}", "effective: {from: 2026-08-01, to: 2026-12-31}"),
        ("value: 2530000}", "value: 2530000}\n      - {from: 2027-07-01, value: 2600000}"),
    )
    assert dated_findings(over) == [("dated-idle", 14), ("dated-idle", 16)]


def test_lint_speaks_of_what_holds_on_every_day():
    # 2.400.000 is more than the old salary and less than the new: neither always nor never.
    between = ("when: tien >= luong_co_so", "when: luong_co_so >= 2400000")

    assert "always-true" not in {one.code for one in lint_pack(files(between), name="p")}
    assert "always-true" in {one.code for one in lint_pack(files(between), name="p", at=NEW)}
    assert "always-false" in {one.code for one in lint_pack(files(between), name="p", at=OLD)}


def test_regulation_lists_every_value_or_the_one_of_the_day():
    def lines(on):
        text = markdown(regulation_of(pack_at(dated(), on), files()))
        found = [one.strip(" -") for one in text.splitlines()]
        at = next(n for n, one in enumerate(found) if one.startswith("Lương cơ sở"))
        return found[at : at + 3]

    assert lines(None) == [
        "Lương cơ sở, theo từng thời gian · Luật",
        "Từ 01/07/2024: 2.340.000 đồng · NĐ 73/2024",
        "Từ 01/07/2026: 2.530.000 đồng",
    ]
    assert lines(OLD)[0] == "Lương cơ sở: 2.340.000 đồng (từ 01/07/2024) · NĐ 73/2024"
    assert lines(BEFORE)[0] == "Lương cơ sở: chưa có giá trị trước ngày 01/07/2024 · Luật"


def test_packs_differ_in_values_of_other_days_only_when_no_day_is_given():
    other = dated(("value: 2340000", "value: 2300000"))

    [change] = rule_changes(dated(), other)
    assert change.text() == (
        "hằng số luong_co_so (Luật): giá trị theo ngày: từ 01/07/2024, giá trị 2.340.000, "
        "NĐ 73/2024; từ 01/07/2026, giá trị 2.530.000 → giá trị theo ngày: từ 01/07/2024, "
        "giá trị 2.300.000, NĐ 73/2024; từ 01/07/2026, giá trị 2.530.000"
    )
    assert [
        difference_of(rule_changes(pack_at(dated(), on), pack_at(other, on)))
        for on in (BEFORE, OLD, NEW)
    ] == [Difference.NONE, Difference.RULES, Difference.NONE]


def test_values_by_date_are_laid_out_a_line_each():
    squeezed = PACK.replace(
        VALUES, "    values: [{value: 2340000, from: 2024-07-01, basis: NĐ 73/2024}, {value: 1, from: 2026-07-01}]\n"
    )  # fmt: skip

    laid = format_file(squeezed, file="pack.yaml", name="p")

    assert "      - {from: 2024-07-01, value: 2340000, basis: NĐ 73/2024}\n" in laid
