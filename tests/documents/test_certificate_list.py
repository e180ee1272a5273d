import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hong_linh import DECISION, SEASON, a_line, a_list, pages_of, texts_of

from documents.certificate_list import render_list
from documents.lines import TextTooLong
from documents.typeface import GlyphMissing

HEADINGS = "STT Mã số Tên mô hình Đơn vị, địa chỉ Người phụ trách, tổ chức chủ trì"


def ranked(count):
    return [a_line(number) for number in range(1, count + 1)]


def by_level_and_field(count):
    """Two levels, two fields in each, the ordinal running through; ranks all mixed up."""
    half, quarter = count // 2, count // 4
    return [
        a_line(
            number,
            rank=count - number + 1,
            level="Cấp tỉnh" if number <= half else "Cấp thị xã",
            field="Kinh tế" if (number - 1) % half < quarter else "An ninh - quốc phòng",
        )
        for number in range(1, count + 1)
    ]


def test_list_is_a4_landscape():
    (page,) = pages_of(render_list(a_list(ranked(1))))

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_head_says_whose_list_it_is():
    text = texts_of(render_list(a_list(ranked(1))))[0]

    assert (
        "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH ỦY BAN NHÂN DÂN THỊ XÃ HỒNG LĨNH "
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        'DANH SÁCH Mô hình "Dân vận khéo" được công nhận năm 2018 '
        "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2019 "
        "của Ủy ban nhân dân thị xã Hồng Lĩnh) "
    ) in text


def test_every_recipient_stands_in_the_order_of_the_list():
    lines = [replace(line, name=f"{line.name} số {line.ordinal}") for line in ranked(65)]
    text = " ".join(texts_of(render_list(a_list(lines))))

    assert re.findall(r"(\d+) (HL-2018-\d{3}) ", text) == [
        (str(line.ordinal), line.code) for line in lines
    ]
    places = [text.index(f"{line.code} {line.name} ") for line in lines]
    assert places == sorted(places)


def test_row_says_all_of_a_recipient():
    line = a_line(3, total=Decimal("105"), rank=12, unit="Hội Nông dân thị xã")
    text = texts_of(render_list(a_list([line])))[0]

    assert (
        "3 HL-2018-003 Nhóm phụ nữ khởi nghiệp làm bánh gai tổ dân phố 10 "
        "Hội Nông dân thị xã Tổ dân phố 9, Phường Đức Thuận Đặng Ngọc Nga Chi hội Cựu chiến binh "
        "Xây dựng Đảng, xây dựng chính quyền Cấp tỉnh 105,00 12 Xuất sắc "
    ) in text


def test_heading_row_is_repeated_on_every_page():
    texts = texts_of(render_list(a_list(ranked(65))))

    assert len(texts) > 5
    assert [text.count(f"{HEADINGS} Lĩnh vực, cấp Điểm Hạng Xếp loại") for text in texts] == [
        1 for _ in texts
    ]


def test_page_number_begins_on_the_second_page():
    texts = texts_of(render_list(a_list(ranked(30))))

    assert [text.partition("Bộ quy tắc: ")[0] for text in texts] == ["", "2 ", "3 ", "4 ", "5 "]


def test_list_by_level_and_field_has_headings_and_an_ordinal_that_runs_through():
    text = " ".join(texts_of(render_list(a_list(by_level_and_field(40)))))

    assert re.findall(r"[A-ZIV]+\. [^.()]+ \(\d+ mô hình\)", text) == [
        "A. CẤP TỈNH (20 mô hình)",
        "I. Kinh tế (10 mô hình)",
        "II. An ninh - quốc phòng (10 mô hình)",
        "B. CẤP THỊ XÃ (20 mô hình)",
        "I. Kinh tế (10 mô hình)",
        "II. An ninh - quốc phòng (10 mô hình)",
    ]
    assert [int(n) for n in re.findall(r"(\d+) HL-2018-", text)] == list(range(1, 41))
    assert f"{HEADINGS} Điểm Xếp loại" in text


def test_list_in_neither_order_names_level_and_field_in_a_column():
    lines = [replace(line, rank=9 - line.ordinal) for line in ranked(8)]
    text = texts_of(render_list(a_list(lines)))[0]

    assert f"{HEADINGS} Lĩnh vực, cấp Điểm Xếp loại" in text
    assert "(01 mô hình)" not in text


def test_last_page_has_three_rows_the_closing_line_and_the_signature():
    *_, last = texts_of(render_list(a_list(ranked(65))))

    assert len(re.findall(r"HL-2018-\d{3}", last)) >= 3
    assert last.endswith(
        "Danh sách này gồm 65 mô hình./. "
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Thị Ngọc Bích"
    )


def test_empty_list_says_so():
    text = texts_of(render_list(a_list([])))[0]

    assert "Xếp loại Không có mô hình nào Danh sách này không có mô hình nào./." in text


def test_watermark_is_on_every_page_of_a_draft():
    texts = texts_of(render_list(a_list(ranked(30), decision=None)))

    assert len(texts) > 2
    assert all(text.startswith("DỰ THẢO") for text in texts)
    assert texts[-1].endswith("Danh sách này gồm 30 mô hình./. ………………………… …………………………")


def test_decided_list_bears_no_watermark():
    assert "DỰ THẢO" not in " ".join(texts_of(render_list(a_list(ranked(30)))))


def test_every_page_says_where_it_comes_from():
    texts = texts_of(render_list(a_list(ranked(30))))

    assert all(
        'Bộ quy tắc: Chấm điểm mô hình "Dân vận khéo" (mẫu minh họa), bản 1.0.0 (3fa9c17be2d04458) '
        "· Lượt chấm 7 (91b7d05e6c2af830) · Nhật ký (c4e81f6a0b937d25) · Đợt hl-2018" in text
        for text in texts
    )


def test_body_without_a_name_leaves_a_dotted_line():
    text = texts_of(render_list(a_list([], season=replace(SEASON, body="", superior=""))))[0]

    assert "………………………… CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "của …………………………)" in text


def test_hostile_text_is_printed_as_it_stands():
    hostile = '<b>đậm</b> <img src="http://evil.example/x.png"/> &amp; (\\) %PDF =1+1'
    pdf = render_list(
        a_list([a_line(1, name=hostile, person='<a href="http://evil.example">bấm</a>')])
    )

    printed = "".join(texts_of(pdf)[0].split())
    assert "".join(hostile.split()) in printed
    assert '<ahref="http://evil.example">bấm</a>' in printed


def test_empty_name_leaves_a_dotted_line():
    text = texts_of(render_list(a_list([a_line(1, name="\u200b ", person="", host="")])))[0]

    assert "1 HL-2018-001 …… Tổ dân phố 9, Phường Đức Thuận Văn hóa" in text


def test_long_name_wraps_and_loses_nothing():
    name = "Vận động nhân dân hiến đất, hiến công, tháo dỡ tường rào, mở rộng đường " * 6
    text = " ".join(texts_of(render_list(a_list([a_line(1, name=name), a_line(2)]))))

    assert name.strip() in text


def test_name_taller_than_a_page_is_refused_with_its_record():
    with pytest.raises(TextTooLong, match=r"HL-2018-002 \(số thứ tự 2\)"):
        render_list(a_list([a_line(1), a_line(2, name="Vận động nhân dân " * 200)]))


def test_letter_the_typeface_lacks_is_refused_with_its_record():
    with pytest.raises(GlyphMissing, match=r"HL-2018-002 \(số thứ tự 2\).*🌸.*U\+1F338"):
        render_list(a_list([a_line(1), a_line(2, host="Hội 🌸 hoa")]))


def test_signer_name_with_a_strange_letter_is_refused():
    with pytest.raises(GlyphMissing, match="họ tên người ký"):
        render_list(a_list([], decision=replace(DECISION, signer_name="Trần ☃")))
