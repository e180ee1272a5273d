"""``dvk entry`` as its user meets it: data on stdout, narration on stderr, exit codes."""

import json

import pytest

from tui.commands.run import run

FORM = (
    *("Tên mô hình=Đường hoa", "đơn vị=Phường Bắc Hồng", "linh-vuc=Kinh tế", "cấp=Cấp tỉnh"),
    *("loại hình=Tập thể", "người phụ trách=Đặng Thị Hà", "địa chỉ=Tổ dân phố 1"),
    "kết quả đăng ký=200 hộ",
)


@pytest.fixture
def dvk(tmp_path, capsys):
    def ask(*arguments):
        code = run(["--db", str(tmp_path / "sổ.db"), "--officer", "Hà", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    ask("season", "open", "hl", "--title", "Hồng Lĩnh", "--year", "2018")
    return ask


def test_entry_is_added_shown_and_its_history_told(dvk):
    assert dvk("entry", "add", "hl", *FORM) == (
        0,
        "HL-001\n",
        "HL-001 đã đăng ký, bản số 0.\n",
    )
    assert dvk("entry", "return", "HL-001", "--reason", "Thiếu số tổ")[0] == 0

    shown = dvk("entry", "show", "HL-001")[1].splitlines()
    told = json.loads(dvk("entry", "history", "HL-001", "--json")[1])

    assert shown[1:5] == [
        "Trạng thái         đã trả lại: Thiếu số tổ",
        "Tên mô hình        Đường hoa",
        "Đơn vị đăng ký     Phường Bắc Hồng",
        "Lĩnh vực           Kinh tế",
    ]
    assert [(one["officer"], one["said"]) for one in told] == [
        ("Hà", "Đăng ký HL-001 “Đường hoa”."),
        ("Hà", "Trả lại HL-001 “Đường hoa”. Lý do: Thiếu số tổ."),
    ]


def test_incomplete_registration_is_refused_with_every_field(dvk):
    code, out, err = dvk("entry", "add", "hl", *FORM[:5])

    assert (code, out) == (2, "")
    assert err == (
        "Người phụ trách: Chưa rõ người: ô Người phụ trách trống. [not-clear]\n"
        "    → Ghi họ tên người phụ trách.\n"
        "Địa chỉ thực hiện: Chưa rõ địa chỉ: ô Địa chỉ thực hiện trống. [not-clear]\n"
        "    → Ghi nơi thực hiện: tổ dân phố, thôn, trường, chợ nào.\n"
        "Kết quả đăng ký: Chưa rõ kết quả: ô Kết quả đăng ký trống. [not-clear]\n"
        "    → Ghi kết quả sẽ đạt, tốt nhất bằng con số.\n"
        "Đăng ký HL-001: 3 chỗ cần sửa, chưa ghi gì.\n"
        "    → Sửa các chỗ nêu trên rồi làm lại; chưa đủ thì lưu bản nháp.\n"
    )


def test_merged_entry_names_where_it_went_as_json(dvk):
    dvk("entry", "add", "hl", *FORM)
    dvk("entry", "add", "hl", *FORM)

    code, out, _ = dvk("entry", "merge", "HL-002", "--into", "HL-001", "--json")

    entry = json.loads(out)
    assert (code, entry["state"], entry["merged_into"]) == (0, "merged", "HL-001")


def test_field_that_is_none_is_refused_with_how_to_write_one(dvk):
    assert dvk("entry", "draft", "hl", "Đường hoa") == (
        2,
        "",
        "“Đường hoa” không phải là ô của phiếu.\n    → Viết ô=chữ, ví dụ 'người phụ trách=Lê Văn Ý'.\n",
    )
