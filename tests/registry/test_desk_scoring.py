"""Scoring at the desk: a stored run, the same again, staleness, computing it once more."""

import sqlite3
import threading
from dataclasses import replace

import pytest
from small_season import (
    PACK_DIR,
    REPORTED,
    decided,
    desk_at,
    scored,
    take_in,
    with_cell,
    workbook,
)

from registry.desk import scoring
from registry.desk.refusals import NothingToScore, NotScoredYet
from registry.lifecycle import MoveRefused, SeasonDecided
from registry.season import SeasonState
from registry.store import runs
from registry.store.seasons import SeasonChangedElsewhere
from scoring.columns.sheets import bare_result

CHANGED = workbook(reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 97))


def run_of(desk):
    with desk._store.read() as connection:
        return runs.latest(connection, season="hl")


def test_score_answers_with_the_season_in_numbers(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)
    desk.pin_pack("hl", PACK_DIR)

    funnel = desk.score("hl")

    assert (funnel.registered, funnel.considered, funnel.recognised, funnel.commended) == (
        3,
        2,
        2,
        1,
    )
    assert funnel == desk.funnel("hl")
    assert funnel.season.state is SeasonState.SCORED
    assert desk.audit_lines()[-1].sentence == "Chấm lượt 1: 3 hồ sơ."


def test_unpinned_season_is_not_scored(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)

    with pytest.raises(MoveRefused, match="Có thể: nhập số liệu, ghim bộ quy tắc"):
        desk.score("hl")


def test_empty_season_is_not_scored(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    desk.pin_pack("hl", PACK_DIR)

    with pytest.raises(NothingToScore):
        desk.score("hl")


def test_scoring_unchanged_facts_again_lets_the_run_stand(scored_desk):
    before = run_of(scored_desk)

    scored_desk.score("hl")

    assert run_of(scored_desk) == before
    assert scored_desk.audit_lines()[-1].sentence == (
        "Chấm lượt 1: 3 hồ sơ. Không có gì thay đổi so với lượt trước."
    )


def test_same_season_elsewhere_has_the_same_digests(scored_desk, tmp_path):
    other = scored(desk_at(tmp_path / "khác.db"))

    assert replace(run_of(other), at=run_of(scored_desk).at) == run_of(scored_desk)
    assert other.ranking_csv("hl") == scored_desk.ranking_csv("hl")
    assert other.certificate_list("hl", "cong-nhan").audit_head == ""


def test_changed_facts_make_the_result_stale_until_it_is_scored_again(scored_desk):
    assert scored_desk.funnel("hl").stale is False

    take_in(scored_desk, CHANGED)
    assert scored_desk.funnel("hl").stale is True
    assert scored_desk.ranking("hl").stale is True
    assert scored_desk.entry_sheet("HL-001").stale is True

    scored_desk.score("hl")
    assert (scored_desk.funnel("hl").stale, scored_desk.funnel("hl").run) == (False, 2)


def test_facts_put_back_are_not_stale(scored_desk):
    take_in(scored_desk, CHANGED)
    take_in(scored_desk)

    assert scored_desk.funnel("hl").stale is False


def test_season_changed_while_it_was_scored_is_not_overwritten(
    scored_desk, scored_where, at_desk, monkeypatch
):
    def interfere(*asked, **more):
        take_in(at_desk(scored_where), CHANGED)
        return bare_result(*asked, **more)

    monkeypatch.setattr(scoring, "bare_result", interfere)
    with pytest.raises(SeasonChangedElsewhere):
        scored_desk.score("hl")

    assert run_of(scored_desk).id == 1


def test_cancelled_scoring_leaves_nothing(scored_desk, path, monkeypatch):
    take_in(scored_desk, CHANGED)
    before = path.read_bytes()

    def cancel(*_asked, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(scoring, "bare_result", cancel)
    with pytest.raises(KeyboardInterrupt):
        scored_desk.score("hl")

    assert path.read_bytes() == before


def test_decided_season_is_not_scored(scored_desk):
    decided(scored_desk)

    with pytest.raises(SeasonDecided):
        scored_desk.score("hl")


def test_desk_may_be_asked_from_many_threads(scored_desk):
    answers = []

    def ask():
        answers.append([line.code for line in scored_desk.entry_lines("hl")])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [["HL-001", "HL-002", "HL-003"]] * 8


# Computing it again -----------------------------------------------------------------------------


def tampered(path, *statements):
    """Someone with the file and a database program; the log's guards do not stop them."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'"))
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0
    for sql in triggers.values():
        connection.execute(sql)
    connection.close()


def test_untouched_season_verifies(scored_desk):
    report = scored_desk.verify("hl")

    assert report.problems == ()
    assert (report.run, report.run_digest) == (1, run_of(scored_desk).result_digest)
    assert (report.audit_lines, report.audit_head) == (4, scored_desk.audit_lines()[-1].digest)


def test_season_without_a_run_verifies_its_log(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)

    report = desk.verify("hl")

    assert (report.run, report.run_digest, report.problems) == (None, "", ())


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE run_sheets SET total = '99.99' WHERE code = 'HL-002'",
            (
                "Kết quả đã lưu bị sửa: HL-002 “Camera an ninh” · tổng điểm (lượt chấm 1): "
                "trong sổ 99,99; tính lại: 76,17."
            ),
        ),
        (
            "UPDATE run_awards SET outcome = 'displaced' WHERE selection = 'bieu-duong'",
            (
                "Kết quả đã lưu bị sửa: HL-001 “Đường hoa kiểu mẫu” · xét chọn bieu-duong (lượt "
                "chấm 1): trong sổ vướng chỉ tiêu; tính lại: được chọn."
            ),
        ),
        (
            "DELETE FROM run_awards WHERE code = 'HL-002'",
            (
                "Kết quả đã lưu bị sửa: HL-002 “Camera an ninh” · xét chọn cong-nhan (lượt chấm "
                "1): trong sổ không có; tính lại: được chọn."
            ),
        ),
        (
            "UPDATE snapshots SET body = replace(body, '\"86\"', '\"99\"')",
            "Số liệu đã chốt của lượt chấm 1 đã bị sửa.",
        ),
        (
            "UPDATE packs SET files = replace(files, 'Điều 6', 'Điều 9')",
            "Bộ quy tắc đã lưu của lượt chấm 1 đã bị sửa.",
        ),
        (
            "UPDATE packs SET files = replace(files, 'pack.yaml', 'pack.yml')",
            (
                "Bộ quy tắc đã lưu không đọc được nữa: dan-van-kheo-minh-hoa 1.0.0/pack.yaml:1:1: "
                "Không có tệp pack.yaml. [no-pack]\n    → Chỉ đúng thư mục bộ quy tắc."
            ),
        ),
        (
            "UPDATE audit SET officer = 'Nam' WHERE seq = 2",
            "Dòng nhật ký số 2 đã bị sửa sau khi ghi.",
        ),
        ("DELETE FROM audit WHERE seq = 3", "Thiếu dòng nhật ký số 3."),
        ("DELETE FROM audit WHERE seq = 4", "Nhật ký không ghi kết quả của lượt chấm 1."),
    ],
)
def test_tampering_is_noticed(scored_desk, path, statement, problem):
    tampered(path, statement)

    assert problem in desk_at(path).verify("hl").problems


def test_result_forged_throughout_is_noticed_by_the_log(scored_desk, path):
    tampered(path, "UPDATE runs SET result_digest = 'ffffffff'")

    assert desk_at(path).verify("hl").problems[1:] == (
        "Tính lại lượt chấm 1 không ra kết quả đã lưu.",
        "Nhật ký không ghi kết quả của lượt chấm 1.",
    )


def test_facts_changed_after_the_decision_are_noticed(scored_desk, path):
    decided(scored_desk)
    tampered(path, "UPDATE facts SET cell = '99' WHERE code = 'HL-002' AND cell = '86'")

    assert desk_at(path).verify("hl").problems == (
        (
            "HL-002 “Camera an ninh” · Số hộ tham gia: trong sổ 99 hộ; nhật ký ghi 86 hộ (dòng 2, "
            "ngày 01/12/2018 08:02, Hà)."
        ),
        "Số liệu đợt hl đã bị sửa sau khi có quyết định.",
    )


def test_log_of_unscored_season_is_verified_too(desk, path):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    tampered(path, "UPDATE audit SET at = '2017-01-01T00:00:00+00:00'")

    assert desk_at(path).verify("hl").problems == ("Dòng nhật ký số 1 đã bị sửa sau khi ghi.",)


def test_unscored_season_has_no_ranking(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)

    for ask in (desk.ranking, desk.ranking_csv):
        with pytest.raises(NotScoredYet, match="Đợt hl chưa chấm điểm"):
            ask("hl")
