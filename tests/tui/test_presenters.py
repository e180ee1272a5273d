import dataclasses
import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from registry.season import Season, SeasonState
from registry.views import Count, EntryLine, Funnel, Ranking, RankingLine
from scoring.sheet import Award, Outcome
from tui.keys import Shortcut, key_name, shortcuts
from tui.screens.entry_rows import standing_text
from tui.screens.facets import Facet, Filters, Group, groups, narrowed
from tui.screens.next_step import next_step
from tui.screens.ranking_rows import legend, mark, ranking_items, standing_sentences
from tui.screens.season_numbers import funnel_lines, group_lines
from tui.widgets.bars import bar, share
from tui.widgets.line_table import Rule
from tui.widgets.literal import literal
from tui.widgets.reason import reason_text

SEASON = Season(id="hl", title="Hồng Lĩnh", year=2018, state=SeasonState.SCORED)
FUNNEL = Funnel(
    season=SEASON,
    registered=112,
    with_results=112,
    considered=95,
    recognised=65,
    commended=8,
    by_level=(),
    by_field=(),
    by_unit=(),
    by_grade=(("Tốt", 49),),
    pack_title="Mẫu",
    pack_version="1.0.0",
    run=3,
    run_at=dt.datetime(2018, 12, 5, 8, 30, tzinfo=dt.UTC),
    stale=False,
)
LINE = EntryLine(
    code="A",
    name="Đường hoa",
    person="",
    unit="Phường Đậu Liêu",
    field="Kinh tế",
    level="Cấp tỉnh",
    kind="Tập thể",
    total=Decimal("91.50"),
    rank=1,
    grade="Xuất sắc",
    failed_gates=(),
    recognised=True,
    commended=True,
)


def line(code, **changes):
    return dataclasses.replace(LINE, code=code, **changes)


def award(code, outcome, **more):
    return Award("bd", code, outcome, **{"reason": "vì thế", **more})


def ranked(entry, *awards, tie=""):
    return RankingLine(
        line=entry,
        bonus=Decimal(3),
        penalty=Decimal(0),
        group_points=(("I", Decimal(15)),),
        awards=awards,
        tie_reason=tie,
    )


def ranking(*lines):
    pack = SimpleNamespace(selections=(SimpleNamespace(id="bd", label="Biểu dương"),))
    return Ranking(
        season=SEASON,
        pack=pack,
        run=1,
        run_at=dt.datetime(2018, 12, 5, tzinfo=dt.UTC),
        run_digest="",
        lines=lines,
        stale=False,
    )


@pytest.mark.parametrize(
    ("number", "of", "width", "drawn"),
    [
        (8, 8, 4, "████"),
        (4, 8, 4, "██"),
        (1, 32, 4, "▏"),
        (1, 1000, 4, "▏"),
        (0, 8, 4, ""),
        (9, 8, 4, "████"),
        (1, 0, 4, ""),
    ],
)
def test_bar_is_true_to_an_eighth_of_a_cell(number, of, width, drawn):
    assert bar(number, of, width) == drawn


def test_share_is_written_the_vietnamese_way():
    assert (share(65, 112), share(1, 0)) == ("58,0 %", "")


def test_funnel_before_scoring_leaves_open_what_is_not_known():
    early = dataclasses.replace(FUNNEL, considered=None, recognised=None, commended=None)

    assert [row.split()[-1] for row in funnel_lines(early, 40).plain.splitlines()[2:]] == ["–"] * 3


def test_groups_never_run_over_their_width():
    counts = (Count(label="Xây dựng Đảng, xây dựng chính quyền", registered=14, recognised=7),)
    for width in (40, 60, 72, 90, 150):
        drawn = group_lines("Lĩnh vực", counts, width).plain.splitlines()
        assert all(len(row.rstrip()) <= width for row in drawn)


@pytest.mark.parametrize(
    ("changes", "advice", "may_score"),
    [
        ({"registered": 0}, "intake apply", False),
        ({"pack_title": ""}, "season pin hl", False),
        ({"run": None, "with_results": 110}, "F9 để chấm. Còn 2 hồ sơ chưa có kết quả.", True),
        ({"stale": True}, "F9 để chấm lại", True),
        ({}, "print list hl", True),
        (
            {"season": dataclasses.replace(SEASON, state=SeasonState.DECIDED)},
            "chỉ còn xem và in lại",
            False,
        ),
    ],
)
def test_next_step_follows_the_state_of_the_season(changes, advice, may_score):
    step = next_step(dataclasses.replace(FUNNEL, **changes))

    assert (advice in step.advice, step.may_score) == (True, may_score)


def test_facets_count_under_the_other_filters():
    lines = (
        line("A"),
        line("B", unit="Phường Bắc Hồng"),
        line("C", unit="Xã Thuận Lộc", level="Cấp thị xã"),
    )
    filters = Filters(level="Cấp tỉnh", unit="Phường Bắc Hồng")

    assert [each.code for each in narrowed(lines, filters)] == ["B"]
    assert groups(lines, filters, Facet.UNIT) == (
        Group("", 2),
        Group("Phường Bắc Hồng", 1),
        Group("Phường Đậu Liêu", 1),
    )
    assert groups(lines, Filters(field="Mất"), Facet.FIELD)[-1] == Group("Mất", 0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "91,50 điểm · Xuất sắc · hạng 1 · công nhận · biểu dương"),
        ({"failed_gates": ("DK.2", "DK.4")}, "Không xét: không đủ điều kiện DK.2, DK.4."),
        ({"total": None}, "Chưa chấm điểm."),
    ],
)
def test_standing_is_one_sentence(changes, said):
    assert standing_text(line("A", **changes)) == said


def test_line_is_drawn_after_the_last_one_chosen_and_before_the_unranked():
    first = ranked(line("A"), award("A", Outcome.CHOSEN))
    displaced = ranked(line("B", rank=2, commended=False), award("B", Outcome.DISPLACED))
    last = ranked(line("C", rank=3), award("C", Outcome.CHOSEN))
    out = ranked(line("D", rank=None, commended=False, recognised=False, failed_gates=("DK.1",)))
    whole = ranking(first, displaced, last, out)

    assert ranking_items(whole, displaced_only=False) == (
        first,
        displaced,
        last,
        Rule("hết danh sách Biểu dương: 2 mô hình"),
        Rule("không xếp hạng: không đạt, hoặc không đủ điều kiện xét"),
        out,
    )
    assert ranking_items(whole, displaced_only=True) == (displaced,)
    assert [mark(each) for each in whole.lines] == ["★", "◇", "★", ""]
    assert legend(whole) == "★ biểu dương  ◇ vướng chỉ tiêu"


def test_displaced_entry_hears_first_who_holds_its_place():
    holder = ranked(line("A"), award("A", Outcome.CHOSEN))
    displaced = ranked(
        line("B", rank=2, commended=False),
        award("B", Outcome.DISPLACED, reason="Đơn vị đã đủ 02", basis="Điều 7", holders=("A",)),
    )

    assert standing_sentences(displaced, ranking(holder, displaced)) == (
        "Biểu dương: Đơn vị đã đủ 02 (Điều 7)",
        "  · A Đường hoa",
        "Hạng 2 · 91,50 điểm · Xuất sắc (I 15,00 · thưởng 3,00)",
    )


def test_tie_is_explained_and_an_undecided_one_waits_for_the_vote():
    tied = ranked(line("A", commended=False), award("A", Outcome.TIED), tie="bằng Tổng với B")

    assert mark(tied) == "?"
    assert "Đồng điểm: bằng Tổng với B." in standing_sentences(tied, ranking(tied))


def test_keys_are_named_as_on_the_keyboard():
    named = [key_name(key) for key in ("ctrl+q", "f10", "slash", "space", "j", "G", "shift+tab")]

    assert named == ["Ctrl+Q", "F10", "/", "Cách", "j", "G", "Shift+Tab"]
    assert shortcuts([("Tìm", "slash"), ("Thoát", "ctrl+q"), ("Tìm", "ctrl+f")]) == (
        Shortcut("Tìm", ("/", "Ctrl+F")),
        Shortcut("Thoát", ("Ctrl+Q",)),
    )


def test_stored_text_loses_what_steers_a_terminal_and_nothing_else():
    assert literal("a\x1b]0;x\x07\u202eb\u200b\nĐường [b]\t–") == "a]0;xb Đường [b] –"


def test_reason_shows_markup_as_letters():
    assert reason_text("[b]A[/]", ("[/] vì",), basis="[@click=x]").plain == (
        "[b]A[/]\n[/] vì\nCăn cứ  [@click=x]"
    )
