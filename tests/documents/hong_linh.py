"""Lists to print: the season of Hồng Lĩnh 2018, cut to what a test needs."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pypdf

from registry.decision import Decision
from registry.season import Season
from registry.views import CertificateLine, CertificateList

SEASON = Season(
    id="hl-2018",
    title="Hồng Lĩnh 2018",
    year=2018,
    body="Ủy ban nhân dân thị xã Hồng Lĩnh",
    superior="Ủy ban nhân dân tỉnh Hà Tĩnh",
    place="Hồng Lĩnh",
)
DECISION = Decision(
    season="hl-2018",
    number="05/QĐ-UBND",
    signed_on=dt.date(2019, 2, 5),
    signer_post="TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH",
    signer_name="Trần Thị Ngọc Bích",
    run=1,
)
NAMES = (
    "Tiếng trống học bài (cụm 4)",
    "Đường hoa phụ nữ tổ dân phố 9",
    "Tổ tiết kiệm và vay vốn giúp nhau thoát nghèo tổ dân phố 7",
    "Nhóm phụ nữ khởi nghiệp làm bánh gai tổ dân phố 10",
    "Đối thoại trực tiếp với nhân dân hằng quý thôn Thuận An",
)
FIELDS = (
    "Kinh tế",
    "Văn hóa - xã hội và chỉnh trang đô thị",
    "An ninh - quốc phòng",
    "Xây dựng Đảng, xây dựng chính quyền",
)


def a_line(ordinal=1, **changes):
    """The recipient with that ordinal; unlike its neighbours in name, unit and field."""
    line = CertificateLine(
        ordinal=ordinal,
        code=f"HL-2018-{ordinal:03d}",
        name=NAMES[ordinal % len(NAMES)],
        person="Đặng Ngọc Nga",
        host="Chi hội Cựu chiến binh",
        unit="Phường Đức Thuận",
        address="Tổ dân phố 9, Phường Đức Thuận",
        field=FIELDS[ordinal % len(FIELDS)],
        level="Cấp tỉnh",
        kind="Tập thể",
        total=Decimal("93.36"),
        grade="Xuất sắc",
        rank=ordinal,
    )
    return replace(line, **changes)


def a_list(lines, *, decision=DECISION, **changes):
    """The recognised models of the season as a list to print."""
    view = CertificateList(
        season=SEASON,
        selection="cong-nhan",
        title='Mô hình "Dân vận khéo" được công nhận năm 2018',
        lines=tuple(lines),
        decision=decision,
        pack_title='Chấm điểm mô hình "Dân vận khéo" (mẫu minh họa)',
        pack_version="1.0.0",
        pack_digest="3fa9c17be2d04458" * 4,
        run=7,
        run_digest="91b7d05e6c2af830" * 4,
        audit_head="c4e81f6a0b937d25" * 4,
    )
    return replace(view, **changes)


def pages_of(pdf):
    """The pages of a PDF."""
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def texts_of(pdf):
    """What each page says, one space between words, however its lines are broken."""
    return [" ".join(page.extract_text().split()) for page in pages_of(pdf)]
