import io
from dataclasses import replace

import pypdf
import pytest
from hong_linh import SEASON, a_line, a_list, texts_of

from documents.certificates import NobodyToCertify, render_certificates
from documents.lines import TextTooLong
from documents.typeface import GlyphMissing


def test_certificate_says_all_that_is_certified():
    (text,) = texts_of(render_certificates(a_list([a_line(4)])))

    assert text == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc GIẤY CHỨNG NHẬN "
        "ỦY BAN NHÂN DÂN THỊ XÃ HỒNG LĨNH CHỨNG NHẬN "
        "Hồng Lĩnh, ngày 05 tháng 02 năm 2019 "
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Thị Ngọc Bích "
        'Bộ quy tắc: Chấm điểm mô hình "Dân vận khéo" (mẫu minh họa), bản 1.0.0 (3fa9c17be2d04458) '
        "· Lượt chấm 7 (91b7d05e6c2af830) · Nhật ký (c4e81f6a0b937d25) · Đợt hl-2018 "
        "Mô hình Đối thoại trực tiếp với nhân dân hằng quý thôn Thuận An "
        "Tổ dân phố 9, Phường Đức Thuận "
        "Người phụ trách: Đặng Ngọc Nga – Tổ chức chủ trì: Chi hội Cựu chiến binh "
        'Là mô hình "Dân vận khéo" được công nhận năm 2018 '
        "Lĩnh vực Kinh tế – Cấp tỉnh – Xếp loại Xuất sắc "
        "Quyết định số: 05/QĐ-UBND Ngày 05 tháng 02 năm 2019 Số vào sổ: 04 "
        "Mã số mô hình: HL-2018-004"
    )


def test_each_recipient_has_one_page_in_the_order_of_the_list():
    lines = [a_line(number) for number in (3, 1, 2)]
    texts = texts_of(render_certificates(a_list(lines)))

    assert [text.rpartition(": ")[2] for text in texts] == [
        "HL-2018-003",
        "HL-2018-001",
        "HL-2018-002",
    ]


def test_outline_names_each_recipient_and_leads_to_its_page():
    lines = [a_line(1), a_line(2, name='<b>Ngõ "không rác"</b>'), a_line(3, name="")]
    reader = pypdf.PdfReader(io.BytesIO(render_certificates(a_list(lines))))

    assert [
        (entry.title, reader.get_destination_page_number(entry)) for entry in reader.outline
    ] == [
        ("1. Đường hoa phụ nữ tổ dân phố 9", 0),
        ('2. <b>Ngõ "không rác"</b>', 1),
        ("3. HL-2018-003", 2),
    ]


def test_draft_has_blanks_and_the_watermark_on_each_page():
    texts = texts_of(render_certificates(a_list([a_line(1), a_line(2)], decision=None)))

    assert all(text.startswith("DỰ THẢO") for text in texts)
    assert all(
        "Quyết định số: ……/QĐ-…… Ngày …… tháng …… năm …… Số vào sổ: …… Mã số" in text
        for text in texts
    )


def test_decided_certificate_bears_no_watermark():
    assert "DỰ THẢO" not in texts_of(render_certificates(a_list([a_line(1)])))[0]


def test_body_without_a_name_leaves_a_dotted_line():
    view = a_list([a_line(1)], season=replace(SEASON, body="", place=""))

    (text,) = texts_of(render_certificates(view))
    assert "GIẤY CHỨNG NHẬN ………………………… CHỨNG NHẬN ……, ngày 05" in text


def test_unknown_facts_are_left_out():
    bare = a_line(1, name="", person="", host="", unit="", address="", grade="")
    (text,) = texts_of(render_certificates(a_list([bare])))

    assert (
        'Mô hình ………………………… Là mô hình "Dân vận khéo" được công nhận năm 2018 '
        "Lĩnh vực Văn hóa - xã hội và chỉnh trang đô thị – Cấp tỉnh Quyết định số"
    ) in text


def test_long_name_takes_two_lines_and_loses_nothing():
    name = (
        "Vận động nhân dân hiến đất, hiến công, tháo dỡ tường rào, mở rộng đường giao thông "
        "nông thôn gắn với chỉnh trang khu dân cư kiểu mẫu, giữ gìn an ninh trật tự"
    )
    (text,) = texts_of(render_certificates(a_list([a_line(1, name=name)])))

    assert f"Mô hình {name} Tổ dân phố 9" in text


def test_name_that_fits_no_certificate_is_refused_with_its_record():
    lines = [a_line(1), a_line(2, name="Vận động nhân dân " * 30)]

    with pytest.raises(TextTooLong, match=r"HL-2018-002 \(số thứ tự 2\).*khung giấy chứng nhận"):
        render_certificates(a_list(lines))


def test_letter_the_typeface_lacks_is_refused_with_its_record():
    with pytest.raises(GlyphMissing, match=r"HL-2018-002 \(số thứ tự 2\).*U\+1F338"):
        render_certificates(a_list([a_line(1), a_line(2, name="Đường hoa 🌸")]))


def test_empty_list_is_refused():
    with pytest.raises(NobodyToCertify, match="không có mô hình nào"):
        render_certificates(a_list([]))


def test_progress_is_told_after_each_page():
    told = []
    render_certificates(
        a_list([a_line(1), a_line(2)]), progress=lambda done, total: told.append((done, total))
    )

    assert told == [(1, 2), (2, 2)]
