"""The chain of audit lines, and what it notices."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.audit import GENESIS, ChainBreak, Event, EventKind, chained, verify_chain

EIGHT = dt.datetime(2018, 12, 1, 8, 0, tzinfo=dt.UTC)


def chain(length):
    lines = []
    for number in range(length):
        event = Event(EventKind.PAPER_PRINTED, "hl", {"paper": f"tờ {number}", "pages": number})
        at = EIGHT + dt.timedelta(minutes=number)
        lines.append(chained(event, after=lines[-1] if lines else None, at=at, officer="Hà"))
    return lines


def test_chain_starts_from_nothing_and_names_its_predecessor():
    first, second = chain(2)

    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.digest)
    assert first.data == '{"pages":0,"paper":"tờ 0"}'
    assert verify_chain([first, second]) is None


def test_no_lines_hold():
    assert verify_chain([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": EIGHT + dt.timedelta(seconds=1)},
        {"officer": "Nam"},
        {"season": "khac"},
        {"event": "season-scored"},
        {"data": '{"pages":3,"paper":"tờ 2"}'},
        {"digest": "f" * 64},
    ],
)
def test_changed_line_is_noticed(change):
    lines = chain(5)
    lines[2] = replace(lines[2], **change)

    assert verify_chain(lines) == ChainBreak(3, "Dòng nhật ký số 3 đã bị sửa sau khi ghi.")


def test_line_changed_with_its_digest_is_noticed_by_the_next():
    lines = chain(5)
    forged = Event(EventKind.PAPER_PRINTED, "hl", {"paper": "tờ khác", "pages": 9})
    lines[2] = chained(forged, after=lines[1], at=EIGHT, officer="Hà")

    assert verify_chain(lines) == ChainBreak(4, "Dòng nhật ký số 4 không nối với dòng trước nó.")


@given(st.data())
def test_lines_left_out_or_moved_are_noticed(data):
    lines = chain(data.draw(st.integers(2, 8)))
    left = data.draw(st.lists(st.sampled_from(lines), unique_by=lambda line: line.seq))

    # A cut tail alone cannot be seen without a digest kept elsewhere.
    assert (verify_chain(left) is None) == (left == lines[: len(left)])


def test_instant_is_the_same_in_every_time_zone():
    line = chain(1)[0]
    elsewhere = replace(line, at=line.at.astimezone(dt.timezone(dt.timedelta(hours=7))))

    assert verify_chain([elsewhere]) is None


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        (
            EventKind.SEASON_OPENED,
            {"title": "Hồng Lĩnh 2018", "year": 2018},
            "Mở đợt “Hồng Lĩnh 2018” năm 2018.",
        ),
        (
            EventKind.INTAKE_APPLIED,
            {"file": "a.xlsx", "new": 3, "changed": 2, "same": 1},
            "Nhập a.xlsx: 3 hồ sơ mới, 2 chỗ sửa, 1 hồ sơ giữ nguyên.",
        ),
        (
            EventKind.PACK_PINNED,
            {"pack": "mau", "version": "1.0.0", "digest": "ab" * 32},
            "Ghim bộ quy tắc mau 1.0.0 (abababababab).",
        ),
        (EventKind.SEASON_SCORED, {"run": 1, "entries": 112}, "Chấm lượt 1: 112 hồ sơ."),
        (
            EventKind.SEASON_SCORED,
            {"run": 1, "entries": 112, "reused": True},
            "Chấm lượt 1: 112 hồ sơ. Không có gì thay đổi so với lượt trước.",
        ),
        (
            EventKind.SEASON_DECIDED,
            {"number": "05/QĐ-UBND", "signed_on": "2018-12-20", "reason": ""},
            "Ghi quyết định số 05/QĐ-UBND ngày 20/12/2018.",
        ),
        (
            EventKind.SEASON_DECIDED,
            {"number": "06/QĐ-UBND", "signed_on": "2018-12-21", "reason": "sai tên"},
            "Ghi quyết định số 06/QĐ-UBND ngày 21/12/2018. Lý do: sai tên.",
        ),
        (
            EventKind.PAPER_PRINTED,
            {"paper": "danh sách", "pages": 4, "digest": "cd" * 32},
            "In danh sách: 4 trang (cdcdcdcdcdcd).",
        ),
    ],
)
def test_sentence_says_what_was_done(kind, data, sentence):
    line = chained(Event(kind, "hl", data), after=None, at=EIGHT, officer="Hà")

    assert line.sentence == sentence


def test_line_of_a_newer_program_is_shown_by_its_kind():
    line = replace(chain(1)[0], event="season-archived")

    assert line.sentence == "season-archived"
