"""``dvk rules explain`` and ``diff`` without a register: tables of facts, refusals, JSON."""

import contextlib
import io
import json
import shutil
from pathlib import Path

import pytest

from registry.rulebook import RULES_DIR, load_pack
from tui.commands.run import run

PACK = RULES_DIR / "dan-van-kheo-minh-hoa"
FACTS = load_pack(PACK).facts
FULL = {
    "ten_mo_hinh": "Đường hoa",
    "dia_chi": "Tổ 1",
    "don_vi": "Phường Bắc Hồng",
    "linh_vuc": "kinh-te",
    "ngay_dang_ky": "2018-02-01",
    "ngay_bat_dau": "2016-05-01",
    **dict.fromkeys(("ro_nguoi", "ro_viec", "ro_dia_chi", "ro_ket_qua"), "1"),
    **dict.fromkeys(("dan_biet", "dan_ban", "dan_lam", "dan_kiem_tra"), "1"),
    "so_ngay_ke_hoach_cham": "0",
    "so_to_chuc_phoi_hop": "2",
    "so_ho_dia_ban": "100",
    "so_ho_tuyen_truyen": "100",
    "so_ho_tham_gia": "93",
    "so_buoi_doi_thoai": "4",
    "chi_tieu_dang_ky": "10",
    "ket_qua_dat_duoc": "10",
    "so_phieu_khao_sat": "50",
    "so_phieu_hai_long": "50",
    "so_dia_ban_nhan_rong": "2",
    "von_xa_hoi_hoa": "60",
    "cap_dua_tin": "tinh",
    "duoc_cap_tinh_khen": "0",
    "co_sang_kien_moi": "1",
    "so_ngay_nop_muon": "0",
    "so_vu_khieu_nai_dung": "0",
    "ky_luat": "khong",
    "mat_doan_ket": "0",
    "da_tu_cham": "1",
    "cap_uy_xac_nhan": "1",
    "phieu_iii_3": "9;9;9",
}


def ask(*words):
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        code = run([str(word) for word in words])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def table(tmp_path):
    """``table({code: {fact: cell}})``: a FACTS.csv in which only what is named differs."""

    def write(entries):
        rows = [["code", *FACTS]]
        for code, told in entries.items():
            rows.append([code, *(({**FULL, **told}).get(fact, "") for fact in FACTS)])
        path = tmp_path / "FACTS.csv"
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def draft(tmp_path):
    """``draft({old: new})``: a copy of the pack with words of ``pack.yaml`` changed."""

    def write(changes):
        folder = tmp_path / "nháp"
        shutil.copytree(PACK, folder, dirs_exist_ok=True)
        text = (PACK / "pack.yaml").read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1
            text = text.replace(old, new)
        (folder / "pack.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


def test_explain_shows_values_thresholds_points_clause_and_near_misses(table):
    code, out, err = ask("rules", "explain", PACK, table({"A": {}}))

    assert (code, err) == (0, "")
    assert out.splitlines()[0] == (
        'A  theo Chấm điểm, xếp hạng mô hình "Dân vận khéo" (mẫu minh họa) '
        "(dan-van-kheo-minh-hoa 1.0.0)"
    )
    at = out.splitlines().index("    II.2  Tỷ lệ hộ tham gia: 10,00/12,00 (Điều 2, II.2)")
    assert [line.strip() for line in out.splitlines()[at + 1 : at + 8]] == [
        (
            "Số hộ tham gia / Tổng số hộ trên địa bàn × 100 = 93 / 100 × 100 = 93%: "
            "từ 85 đến dưới 95% → 10,00 điểm"
        ),
        "· từ 95%: 12 điểm",
        "▸ từ 85 đến dưới 95%: 10 điểm",
        "· từ 70 đến dưới 85%: 7 điểm",
        "· từ 50 đến dưới 70%: 4 điểm",
        "· dưới 50%: 0 điểm",
        "↗ thiếu 2 hộ nữa được 12 điểm (II.2): Số hộ tham gia 93 → 95 hộ; +2 điểm, tổng 99,00",
    ]
    assert "XẾP LOẠI  Xuất sắc\n" in out


def test_explain_of_an_entry_not_considered_says_what_would_open_the_gate(table):
    late = {"so_ngay_nop_muon": "12", "phieu_iii_3": "9;9;9"}

    _, out, _ = ask("rules", "explain", PACK, table({"A": late}))

    assert "  KHÔNG ĐẠT  DK.4  Không nộp báo cáo muộn quá 10 ngày (Điều 1 khoản 4)" in out
    assert (
        "↗ bớt 2 ngày thì đạt điều kiện DK.4: Số ngày nộp báo cáo muộn 12 → 10 ngày; "
        "tổng 88,00, xếp loại Tốt"
    ) in out
    assert "XẾP LOẠI  không xét" in out


def test_explain_as_json_holds_everything_with_exact_cells(table):
    code, out, _ = ask(
        "rules", "explain", PACK, table({"A": {}, "B": {}}), "--entry", "B", "--json"
    )

    told = json.loads(out)
    assert (code, told["sheet"]["code"], told["sheet"]["total"], told["rank"]) == (
        0,
        "B",
        "97",
        1,
    )
    near = {(one["target"], one["fact"]): one for one in told["near_misses"] if one["id"] == "II.2"}
    assert [near["points", "so_ho_tham_gia"][key] for key in ("cell", "points", "total")] == [
        "95",
        ["10.00", "12.00"],
        ["97", "99"],
    ]
    # households that are not there: true, but not what a person is told first
    assert near["points", "so_ho_dia_ban"]["cell"] == "97"
    assert {"text": "từ 85 đến dưới 95%: 10 điểm", "taken": True} in told["thresholds"]["II.2"]


def test_explain_asks_which_entry_and_knows_names_nearby(table):
    many = table({f"HL-{n}": {} for n in range(1, 8)})

    assert ask("rules", "explain", PACK, many) == (
        2,
        "",
        (
            "FACTS.csv có 7 hồ sơ, chưa rõ xem hồ sơ nào.\n"
            "    → Thêm --entry MÃ. Trong bảng có: HL-1, HL-2, HL-3, HL-4, HL-5 ….\n"
        ),
    )
    code, out, err = ask("rules", "explain", PACK, many, "--entry", "HL1")
    assert (code, out) == (2, "")
    assert err.startswith("Không có hồ sơ “HL1” trong FACTS.csv.\n    → Ý bạn là HL-")


def test_diff_of_words_is_no_difference(draft):
    assert ask("rules", "diff", PACK, draft({"label: Số hộ tham gia,": "label: Số hộ dự,"})) == (
        0,
        (
            "Chỉ khác lời văn: chấm mọi hồ sơ như nhau.\n"
            "  lời văn, số liệu so_ho_tham_gia: tên “Số hộ tham gia” → tên “Số hộ dự”\n"
            "  (tên số liệu là tên cột khi nhập bảng tính: đổi cột cho khớp)\n"
        ),
        "",
    )


def test_diff_of_rules_says_which(draft):
    assert ask("rules", "diff", PACK, draft({"total >= 80": "total >= 81"})) == (
        1,
        (
            "Khác quy tắc; nêu --season hoặc --facts để biết ai đổi kết quả.\n"
            "  mức xếp loại tot (Điều 5): khi total >= 80 → khi total >= 81\n"
        ),
        "",
    )


def test_diff_on_a_table_says_who_changes(table, draft):
    facts = table({"A": {}, "B": {"so_ngay_nop_muon": "9"}})
    new = draft({"total >= 90 and": "total >= 98 and"})

    code, out, _ = ask("rules", "diff", PACK, new, "--facts", facts)

    assert code == 1
    assert out.splitlines()[0] == "Đổi 1 kết quả."
    assert out.splitlines()[2:] == [
        "FACTS.csv: Đổi 1 kết quả trong 2 hồ sơ: 1 đổi xếp loại.",
        "  A  Xuất sắc → Tốt, vì mức Xuất sắc",
    ]
    code, out, _ = ask("rules", "diff", PACK, new, "--facts", facts, "--json")
    told = json.loads(out)
    assert (code, told["difference"], told["changed"]) == (1, "rules", 1)
    assert [one["code"] for one in told["data"]["FACTS.csv"]["moves"]] == ["A"]
    assert told["rules"][0]["before"] == ["khi total >= 90 and zero_criteria == 0"]


def test_diff_that_nobody_notices_is_no_difference(table, draft):
    facts = table({"A": {}})

    code, out, _ = ask(
        "rules", "diff", PACK, draft({"total >= 70": "total >= 71"}), "--facts", facts
    )

    assert (code, out.splitlines()[0]) == (
        0,
        "Giống nhau trên mọi số liệu của các đợt này, dù quy tắc khác.",
    )


def test_registers_and_seasons_have_to_go_together(draft):
    code, out, err = ask(
        *("rules", "diff", PACK, PACK),
        *("--season", "a", "--season", "b", "--season", "c", "--db", "x.db", "--db", "y.db"),
    )

    assert (code, out) == (2, "")
    assert err.startswith("Có 3 đợt mà 2 tệp sổ.")


@pytest.mark.parametrize("command", ["diff", "impact", "explain"])
def test_help_teaches_with_an_example(command):
    code, out, _ = ask("rules", command, "--help")

    assert code == 0
    assert "Ví dụ:" in out
    assert "dvk " in out.partition("Ví dụ:")[2]


def test_pack_that_is_no_pack_is_refused(tmp_path, table):
    for words in (("diff", PACK, tmp_path), ("explain", tmp_path, table({"A": {}}))):
        code, out, err = ask("rules", *words)
        assert (code, out) == (2, "")
        assert "không phải thư mục bộ quy tắc" in err
    assert Path(tmp_path, "FACTS.csv").is_file()
