"""Opening seasons, pinning packs, the audit log: what is written, what is refused."""

import shutil

import pytest
from small_season import PACK_DIR, decided, desk_at, scored

from registry.desk import Desk
from registry.desk.refusals import (
    CasesFailed,
    NotPinned,
    OfficerUnnamed,
    SeasonExists,
    SeasonUnknown,
)
from registry.lifecycle import SeasonDecided
from registry.rulebook import RULES_DIR, PackMissing, load_pack, read_pack_files
from registry.season import Season, SeasonState, SeasonUnfit
from scoring.problems import PackError


def test_opened_season_is_there(desk):
    opened = desk.open_season(
        "hl-2018",
        title="  Hồng   Lĩnh 2018 ",
        year=2018,
        body="ỦY BAN NHÂN DÂN THỊ XÃ",
        superior="TỈNH HÀ TĨNH",
        place="Hồng Lĩnh",
    )

    assert opened == Season(
        id="hl-2018",
        title="Hồng Lĩnh 2018",
        year=2018,
        body="ỦY BAN NHÂN DÂN THỊ XÃ",
        superior="TỈNH HÀ TĨNH",
        place="Hồng Lĩnh",
    )
    assert desk.season("hl-2018") == opened
    assert desk.seasons() == (opened,)
    assert [line.sentence for line in desk.audit_lines()] == ["Mở đợt “Hồng Lĩnh 2018” năm 2018."]


def test_seasons_stand_newest_first(desk):
    for season, year in (("b-2018", 2018), ("a-2019", 2019), ("a-2018", 2018)):
        desk.open_season(season, title=season, year=year)

    assert [season.id for season in desk.seasons()] == ["a-2019", "a-2018", "b-2018"]


def test_season_is_opened_once(desk):
    desk.open_season("hl", title="Hồng Lĩnh", year=2018)

    with pytest.raises(SeasonExists, match="Đã có đợt “hl”"):
        desk.open_season("hl", title="Khác", year=2019)

    assert desk.season("hl").title == "Hồng Lĩnh"
    assert len(desk.audit_lines()) == 1


@pytest.mark.parametrize(
    ("season", "title", "year", "message"),
    [
        ("hồng lĩnh", "Hồng Lĩnh", 2018, "Mã đợt “hồng lĩnh” không dùng được."),
        ("", "Hồng Lĩnh", 2018, "Mã đợt “” không dùng được."),
        ("../x", "Hồng Lĩnh", 2018, "Mã đợt “../x” không dùng được."),
        ("hl", " \u200b ", 2018, "Đợt chưa có tên."),
        ("hl", "Hồng Lĩnh", 18, "Năm 18 không dùng được."),
    ],
)
def test_unfit_season_is_refused(desk, season, title, year, message):
    with pytest.raises(SeasonUnfit) as refused:
        desk.open_season(season, title=title, year=year)

    assert refused.value.message == message
    assert refused.value.hint
    assert desk.audit_lines() == ()


def test_unknown_season_is_answered_with_the_nearest(desk):
    desk.open_season("hl-2018", title="Hồng Lĩnh", year=2018)

    with pytest.raises(SeasonUnknown) as refused:
        desk.season("hl2018")

    assert str(refused.value) == "Không có đợt “hl2018”. Ý bạn là hl-2018?"


def test_unknown_season_of_an_empty_register(desk):
    with pytest.raises(SeasonUnknown, match="Sổ chưa có đợt nào: mở đợt trước"):
        desk.funnel("hl")


def test_officer_has_a_name(path):
    with pytest.raises(OfficerUnnamed):
        desk_at(path, officer="  ")


def test_officer_stands_on_every_line(path):
    desk_at(path, officer="Hà").open_season("a", title="A", year=2018)
    desk_at(path, officer="Nam").open_season("b", title="B", year=2018)

    lines = desk_at(path).audit_lines()
    assert [(line.officer, line.season) for line in lines] == [("Hà", "a"), ("Nam", "b")]
    assert [line.season for line in desk_at(path).audit_lines("b")] == ["b"]


# Pinning ----------------------------------------------------------------------------------------


def test_pinned_pack_is_kept_whole(desk, where, at_desk, tmp_path):
    desk.open_season("hl", title="Hồng Lĩnh", year=2018)
    folder = tmp_path / "bo-quy-tac"
    shutil.copytree(PACK_DIR, folder)

    pack = desk.pin_pack("hl", folder)
    shutil.rmtree(folder)

    kept = at_desk(where).pack_of("hl")
    assert (kept.digest, kept.id, kept.version) == (pack.digest, pack.id, pack.version)
    assert pack.digest == load_pack(PACK_DIR).digest
    season = desk.season("hl")
    assert (season.state, season.pack_digest) == (SeasonState.PINNED, pack.digest)


def test_season_without_a_pack_says_so(desk):
    desk.open_season("hl", title="Hồng Lĩnh", year=2018)

    with pytest.raises(NotPinned, match="chưa ghim bộ quy tắc"):
        desk.pack_of("hl")


def test_folder_without_a_pack_is_refused(desk, tmp_path):
    desk.open_season("hl", title="Hồng Lĩnh", year=2018)

    with pytest.raises(PackMissing, match="không có tệp pack"):
        desk.pin_pack("hl", tmp_path)


def test_pack_whose_cases_fail_is_not_pinned(desk, tmp_path):
    desk.open_season("hl", title="Hồng Lĩnh", year=2018)
    folder = tmp_path / "bo-quy-tac"
    shutil.copytree(PACK_DIR, folder)
    (folder / "tests" / "sai.yaml").write_text(
        "cases:\n- name: tổng phải là 1\n  given: {}\n  expect: {total: 1}\n", "utf-8"
    )

    with pytest.raises(CasesFailed) as refused:
        desk.pin_pack("hl", folder)

    (problem,) = refused.value.problems
    assert str(problem.place) == f"{folder.as_posix()}/tests/sai.yaml:2:3"
    assert problem.message.startswith("tổng phải là 1: total: mong đợi 1,00, được ")
    assert desk.season("hl").state is SeasonState.OPEN
    assert len(desk.audit_lines()) == 1


def test_faulty_pack_is_not_pinned(desk, tmp_path):
    desk.open_season("hl", title="Hồng Lĩnh", year=2018)
    for name, text in read_pack_files(PACK_DIR).items():
        file = tmp_path / "bo" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("so_ho_tham_gia / ", "so_ho_tham_gai / "), "utf-8")

    with pytest.raises(PackError, match="so_ho_tham_gai"):
        desk.pin_pack("hl", tmp_path / "bo")

    assert desk.season("hl").state is SeasonState.OPEN


def test_decided_season_keeps_its_pack(scored_desk: Desk):
    decided(scored_desk)

    with pytest.raises(SeasonDecided):
        scored_desk.pin_pack("hl", PACK_DIR)


def test_two_seasons_share_a_pack(desk):
    scored(desk)
    desk.open_season("hai", title="Hai", year=2019)

    desk.pin_pack("hai", PACK_DIR)

    assert desk.pack_of("hai") == desk.pack_of("hl")


def test_pack_that_counts_by_an_unknown_level_is_not_pinned(desk, tmp_path):
    """It would count nothing for ever, and nobody would be told."""
    desk.open_season("hl", title="Hồng Lĩnh", year=2026)
    shutil.copytree(RULES_DIR / "can-tho-2579-2025", tmp_path / "goi")
    pack = tmp_path / "goi" / "pack.yaml"
    text = pack.read_text("utf-8")
    pack.write_text(text.replace("seasons: same-year,", "seasons: same-year, kind: [x],"), "utf-8")

    with pytest.raises(PackError) as refused:
        desk.pin_pack("hl", tmp_path / "goi")

    [problem] = refused.value.problems
    assert (problem.code, problem.hint) == ("register", "Chọn trong: tap-the, ca-nhan, tu-quan.")
    assert desk.season("hl").pack_digest == ""
