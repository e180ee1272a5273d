"""Decisions and the lists annexed to them: on what, by whom, and how they are anchored."""

import datetime as dt
from decimal import Decimal

import pytest
from small_season import (
    REGISTERED,
    REPORTED,
    decided,
    desk_at,
    scored,
    take_in,
    with_cell,
    workbook,
)

from registry.decision import Decision
from registry.desk.refusals import (
    DecisionUnfit,
    NotScoredYet,
    ReasonMissing,
    ResultStale,
    SelectionUnknown,
)
from registry.lifecycle import MoveRefused
from registry.season import SeasonState
from registry.views import CertificateLine


def test_decision_is_recorded_on_the_last_run(scored_desk):
    decision = decided(scored_desk)

    assert decision == Decision(
        season="hl",
        number="05/QĐ-UBND",
        signed_on=dt.date(2018, 12, 20),
        signer_post="CHỦ TỊCH",
        signer_name="Nguyễn Văn A",
        run=1,
    )
    assert scored_desk.season("hl").state is SeasonState.DECIDED
    assert scored_desk.certificate_list("hl", "cong-nhan").decision == decision
    assert scored_desk.audit_lines()[-1].sentence == (
        "Ghi quyết định số 05/QĐ-UBND ngày 20/12/2018."
    )


def test_unscored_season_cannot_be_decided(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)

    with pytest.raises(MoveRefused):
        decided(desk)


def test_stale_result_cannot_be_decided(scored_desk, path):
    take_in(scored_desk, workbook(reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 97)))
    before = path.read_bytes()

    with pytest.raises(ResultStale, match="đã thay đổi sau lượt chấm 1"):
        decided(scored_desk)

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"number": " "}, "Quyết định thiếu số, ví dụ 05/QĐ-UBND."),
        ({"signer_post": ""}, "Quyết định thiếu chức vụ người ký."),
        ({"signer_name": "\u200b"}, "Quyết định thiếu họ tên người ký."),
    ],
)
def test_decision_is_complete(scored_desk, told, missing):
    with pytest.raises(DecisionUnfit) as refused:
        decided(scored_desk, **told)

    assert refused.value.message == missing
    assert scored_desk.season("hl").state is SeasonState.SCORED


def test_second_decision_needs_a_reason(scored_desk):
    decided(scored_desk)

    with pytest.raises(ReasonMissing, match="đã có quyết định số 05/QĐ-UBND"):
        decided(scored_desk, number="06/QĐ-UBND")

    second = decided(scored_desk, number="06/QĐ-UBND", reason="Ghi sai tên người ký")
    assert scored_desk.certificate_list("hl", "cong-nhan").decision == second
    assert scored_desk.audit_lines()[-1].sentence == (
        "Ghi quyết định số 06/QĐ-UBND ngày 20/12/2018. Lý do: Ghi sai tên người ký."
    )


# Lists ------------------------------------------------------------------------------------------


def test_list_without_a_quota_goes_by_level_and_field_one_within_a_quota_by_rank(desk):
    registered = with_cell(REGISTERED, "HL-001", "Cấp đăng ký", "Cấp thị xã")
    registered = with_cell(registered, "HL-002", "Cấp đăng ký", "Cấp tỉnh")
    reported = with_cell(REPORTED, "HL-002", "Số hộ tham gia", 100)
    reported = with_cell(reported, "HL-002", "Số tổ chức phối hợp", 2)
    reported = with_cell(reported, "HL-002", "Dân kiểm tra", "Có")
    scored(desk, workbook(registered=registered, reported=reported))

    lists = [desk.certificate_list("hl", one).lines for one in ("cong-nhan", "bieu-duong")]

    assert [[(line.ordinal, line.code, line.rank) for line in lines] for lines in lists] == [
        [(1, "HL-002", 2), (2, "HL-001", 1)],
        [(1, "HL-001", 1), (2, "HL-002", 2)],
    ]


def test_list_holds_those_taken_best_first(scored_desk):
    listed = scored_desk.certificate_list("hl", "cong-nhan")

    assert listed.title == "Mô hình “Dân vận khéo” được công nhận năm 2018"
    assert listed.lines == (
        CertificateLine(
            ordinal=1,
            code="HL-001",
            name="Đường hoa kiểu mẫu",
            person="Đặng Thị Hà",
            host="Chi hội Phụ nữ",
            unit="Phường Bắc Hồng",
            address="Tổ dân phố 1",
            field="Kinh tế",
            level="Cấp tỉnh",
            kind="Tập thể",
            total=Decimal("104.17"),
            grade="Xuất sắc",
            rank=1,
        ),
        CertificateLine(
            ordinal=2,
            code="HL-002",
            name="Camera an ninh",
            person="Lê Văn Ý",
            host="Công an phường",
            unit="Phường Nam Hồng",
            address="Tổ dân phố 2",
            field="An ninh - quốc phòng",
            level="Cấp thị xã",
            kind="Tập thể",
            total=Decimal("76.17"),
            grade="Đạt",
            rank=2,
        ),
    )
    ranking = scored_desk.ranking("hl")
    assert (listed.run, listed.run_digest) == (ranking.run, ranking.run_digest)
    assert (listed.pack_digest, listed.pack_version) == (ranking.pack.digest, "1.0.0")
    commended = scored_desk.certificate_list("hl", "bieu-duong")
    assert commended.title == "Mô hình “Dân vận khéo” được biểu dương năm 2018"
    assert [line.code for line in commended.lines] == ["HL-001"]


def test_unknown_selection_is_answered_with_those_there_are(scored_desk):
    with pytest.raises(SelectionUnknown) as refused:
        scored_desk.certificate_list("hl", "khen-thuong")

    assert refused.value.hint == "Có: cong-nhan, bieu-duong."


def test_list_of_an_unscored_season_is_refused(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)

    with pytest.raises(NotScoredYet):
        desk.certificate_list("hl", "cong-nhan")


def test_draft_has_no_anchor_and_is_the_same_after_printing(scored_desk):
    draft = scored_desk.certificate_list("hl", "cong-nhan")
    assert (draft.decision, draft.audit_head) == (None, "")

    scored_desk.note_printed("hl", paper="Danh sách công nhận", digest="ab" * 32, pages=2)

    assert scored_desk.certificate_list("hl", "cong-nhan") == draft


def test_decided_list_is_anchored_in_the_log_and_the_same_after_printing(scored_desk):
    decided(scored_desk)
    listed = scored_desk.certificate_list("hl", "cong-nhan")
    assert listed.audit_head == scored_desk.audit_lines()[-1].digest

    scored_desk.note_printed("hl", paper="Danh sách công nhận", digest="ab" * 32, pages=2)

    assert scored_desk.certificate_list("hl", "cong-nhan") == listed
    assert scored_desk.audit_lines()[-1].sentence == (
        "In Danh sách công nhận: 2 trang (abababababab)."
    )


def test_decision_survives_closing_the_file(scored_desk, path):
    decision = decided(scored_desk)
    scored_desk.close()

    assert desk_at(path).certificate_list("hl", "bieu-duong").decision == decision
