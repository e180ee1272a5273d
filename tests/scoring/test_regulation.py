"""A pack in words: every tier, clause and mark, as Markdown."""

from small_pack import PACK, small_pack

from scoring.authoring.clauses import Mark, notes_of, unmet_clauses
from scoring.authoring.prose import Clause, Heading, Paragraph, Regulation, Table, markdown
from scoring.authoring.regulation import regulation_of


def text_of(text=PACK):
    return markdown(regulation_of(small_pack(text), {"pack.yaml": text}))


def section(text, title):
    return text.split(f". {title}\n\n")[1].split("\n\n#")[0].splitlines()


def test_criteria_have_their_measure_tiers_clause_and_mark():
    assert section(text_of(), "Nhóm một (tối đa 20 điểm)") == [
        "- I.1. Tỷ lệ tham gia (tối đa 10 điểm) · Điều 2 khoản 1 · máy chấm",
        "  - Đo bằng: Tỷ lệ",
        "  - Từ 80%: 10 điểm",
        "  - Từ 50 đến dưới 80%: 5 điểm",
        "  - Dưới 50%: 0 điểm",
        "- I.2. Rõ việc (tối đa 4 điểm) · Điều 2 khoản 2 · máy chấm",
        "  - Đạt: 4 điểm",
        "  - Không đạt: 0 điểm",
        "- I.3. Đưa tin (tối đa 6 điểm) · Điều 2 khoản 3 · máy chấm",
        "  - Cấp tỉnh: 6 điểm",
        "  - Không: 0 điểm",
        "- II. Hội đồng chấm (tối đa 10 điểm) · Điều 3 · người chấm",
        "  - Chưa đủ 3 phiếu chấm: chưa có điểm",
        "  - Trung bình các phiếu; từ 5 phiếu thì bỏ 1 phiếu cao nhất, 1 phiếu thấp nhất",
    ]


def test_facts_say_what_they_are_and_who_fills_them_in():
    assert section(text_of(), "Số liệu") == [
        "| Số liệu | Loại | Đơn vị | Ai ghi |",
        "| --- | --- | --- | --- |",
        "| Tổng số hộ | số nguyên, từ 1 | hộ | Báo cáo |",
        "| Số hộ tham gia | số nguyên, từ 0 | hộ | Báo cáo |",
        "| Rõ việc | có/không |  | Báo cáo |",
        "| Cấp đưa tin | Không; Cấp tỉnh |  | Báo cáo |",
        "| Đơn vị | chữ |  | Báo cáo |",
        "| Ngày bắt đầu | ngày |  | Báo cáo |",
        "| Số thêm | số, được để trống |  | Báo cáo |",
        "| Phiếu chấm | phiếu chấm, từ 0 đến 10 |  | Hội đồng |",
    ]


def test_verdicts_are_in_words():
    text = text_of()

    assert section(text, "Xếp loại") == [
        "- Tốt: tổng điểm ≥ 20 · Điều 4 · máy chấm",
        "- Đạt: tổng điểm ≥ 10 · Điều 4 · máy chấm",
        "- Không đạt: các trường hợp còn lại · Điều 4",
    ]
    assert section(text, "Khen")[:3] == [
        "- Chọn trong những hồ sơ xếp loại Tốt, Đạt · Điều 5 · máy chấm",
        "  - Chỉ tiêu: Cả huyện 3 (nhiều nhất 3)",
        "  - Chỉ tiêu: Mỗi đơn vị không quá 02 (nhiều nhất 2 mỗi đơn vị)",
    ]


def test_clauses_a_note_calls_undone_are_marked_and_gathered():
    text = PACK.replace("title: Bộ", 'note: "Chưa thực hiện: Điều 9 (bỏ phiếu kín)"\ntitle: Bộ')
    text = text.replace(
        "        label: Rõ việc\n",
        "        label: Rõ việc\n        note: Chưa thực hiện khoản 2b\n",
    )
    shown = text_of(text)

    assert "- I.2. Rõ việc (tối đa 4 điểm) · Điều 2 khoản 2 · chưa thực hiện\n" in shown
    assert section(shown, "Điều khoản chưa thực hiện")[:2] == [
        "- Điều 9 (bỏ phiếu kín) · chưa thực hiện",
        "- I.2: khoản 2b · chưa thực hiện",
    ]


def test_other_notes_are_shown_and_mark_nothing():
    text = PACK.replace(
        "        label: Rõ việc\n", "        label: Rõ việc\n        note: Xem phụ lục\n"
    )

    assert "máy chấm\n  - Xem phụ lục\n" in text_of(text)
    assert unmet_clauses(notes_of({"pack.yaml": text})) == ()


def test_text_is_literal_in_markdown():
    shown = markdown(
        Regulation(
            title="*Một* <b>",
            version="1.0.0",
            digest="ab" * 32,
            blocks=(
                Heading("1. a_b"),
                Paragraph("# không phải mục"),
                Table(("a|b",), (("`c`",),)),
                Clause("x", Mark.PEOPLE, "Điều 1", 1),
            ),
        )
    )

    assert shown == (
        "# \\*Một\\* \\<b\\>\n\n## 1. a\\_b\n\n\\# không phải mục\n\n| a\\|b |\n| --- |\n| \\`c\\` |\n\n"
        "  - x · Điều 1 · người chấm\n\n*Bản 1.0.0 (abababababababab).*\n"
    )
