"""Long tables at the command line: the same bytes by either engine, and two packs compared."""

import json
import shutil

import pytest
from test_rules_comparing import FULL, PACK, ask

HEAD = ["code", *FULL]


def csv_of(path, changed):
    """A table of facts: one row for each of *changed*, facts that differ from a full entry."""
    rows = [
        [f"M{at}", *({**FULL, **facts}[name] for name in FULL)] for at, facts in enumerate(changed)
    ]
    text = "\n".join(",".join(row) for row in (HEAD, *rows)) + "\n"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def facts(tmp_path):
    changed = ({}, {"so_ho_tham_gia": "95"}, {"so_ho_tham_gia": "49", "don_vi": "Xã Thuận Lộc"})
    return csv_of(tmp_path / "FACTS.csv", changed)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_frozen_facts_score_to_the_same_bytes_by_either_engine(tmp_path, facts, suffix):
    frozen = tmp_path / f"F{suffix}"
    code, digest, err = ask("rules", "freeze", PACK, facts, "--out", frozen)
    assert (code, err) == (0, f"Đã chốt 3 hồ sơ, ghi {frozen}.\n")
    results = []
    for at, (source, engine) in enumerate(
        (
            (facts, "exact"),
            (facts, "columns"),
            (frozen, "exact"),
            (frozen, "columns"),
            (frozen, "auto"),
        )
    ):
        out = tmp_path / f"R{at}.csv"
        words = ("rules", "score", PACK, source, "--out", out, "--engine", engine)
        assert ask(*words) == (0, "", f"Đã chấm 3 hồ sơ, ghi {out}.\n")
        results.append(out.read_bytes())
    assert set(results) == {results[0]}

    again = tmp_path / "again.parquet"
    assert ask("rules", "freeze", PACK, frozen, "--out", again)[1] == digest


def test_freezing_tells_entries_digest_and_file_as_json(tmp_path, facts):
    out = tmp_path / "F.parquet"

    code, told, _ = ask("rules", "freeze", PACK, facts, "--out", out, "--json")

    digest = ask("rules", "freeze", PACK, facts, "--out", out)[1].strip()
    assert (code, json.loads(told)) == (0, {"entries": 3, "digest": digest, "file": str(out)})


def test_freezing_takes_no_other_kind_of_file(tmp_path, facts):
    code, _, err = ask("rules", "freeze", PACK, facts, "--out", tmp_path / "F.csv")

    assert code == 2
    assert "Tệp ghi ra có đuôi .parquet hay .arrow." in err


def test_a_long_table_says_who_enters_and_leaves_between_two_packs(tmp_path, facts):
    frozen = tmp_path / "F.arrow"
    ask("rules", "freeze", PACK, facts, "--out", frozen)
    draft = tmp_path / "ban-nhap"
    shutil.copytree(PACK, draft)
    pack = draft / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("most: 8,", "most: 1,"), "utf-8")

    code, told, _ = ask("rules", "diff", PACK, draft, "--facts", frozen)

    lines = told.splitlines()
    assert (code, lines[0]) == (1, "Đổi 2 kết quả.")
    assert lines[-3:] == [
        "Đổi 2 kết quả trong 3 hồ sơ: 0 đổi hạng, 0 đổi xếp loại.",
        "  Biểu dương: vào 0, ra 2",
        "    ra: M0, M2",
    ]
    same, whole, _ = ask("rules", "diff", PACK, draft, "--facts", facts, "--json")
    found = json.loads(ask("rules", "diff", PACK, draft, "--facts", frozen, "--json")[1])
    assert found["table"]["leaving"]["bieu-duong"] == ["M0", "M2"]
    assert found["changed"] == json.loads(whole)["changed"] == 2
    assert same == 1


def test_one_entry_of_a_frozen_table_is_explained(tmp_path, facts):
    frozen = tmp_path / "F.parquet"
    ask("rules", "freeze", PACK, facts, "--out", frozen)

    code, told, _ = ask("rules", "explain", PACK, frozen, "--entry", "M1")

    assert code == 0
    assert "95 / 100 × 100 = 95%: từ 95% → 12,00 điểm" in told


def test_columns_are_refused_where_only_the_interpreter_can(tmp_path):
    facts = csv_of(tmp_path / "FACTS.csv", ({}, {"so_buoi_doi_thoai": "3"}))
    draft = tmp_path / "ban-nhap"
    shutil.copytree(PACK, draft)
    pack = draft / "pack.yaml"
    marks = 'value: "trimmed_mean(phieu_iii_3, so_buoi_doi_thoai, 1, 1)"'
    text = pack.read_text(encoding="utf-8").replace(
        "derived:\n", f"derived:\n  diem_phieu: {{label: Điểm phiếu, {marks}}}\n"
    )
    pack.write_text(text.replace("total >= 90", "total + 0 * diem_phieu >= 90"), "utf-8")
    out = tmp_path / "R.csv"

    code, _, err = ask("rules", "score", draft, facts, "--out", out, "--engine", "columns")

    assert code == 2
    assert err == (
        "Bộ quy tắc này không chấm theo cột được: trimmed_mean với số phiếu không viết sẵn.\n"
        "    → Dùng --engine exact.\n"
    )
    assert ask("rules", "score", draft, facts, "--out", out)[0] == 0


def test_scoring_tells_which_engine_it_took_as_json(tmp_path, facts):
    out = tmp_path / "R.csv"

    told = [
        json.loads(
            ask("rules", "score", PACK, facts, "--out", out, "--json", "--engine", engine)[1]
        )
        for engine in ("auto", "columns")
    ]

    assert told == [
        {
            "pack": "dan-van-kheo-minh-hoa 1.0.0",
            "at": None,
            "entries": 3,
            "engine": engine,
            "out": str(out),
        }
        for engine in ("exact", "columns")
    ]
