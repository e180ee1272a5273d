"""A season of three entries, small enough to see through, as workbooks and at a desk."""

import datetime as dt
import io

import openpyxl

from registry.desk import open_desk
from registry.rulebook import RULES_DIR

PACK_DIR = RULES_DIR / "dan-van-kheo-minh-hoa"

REGISTERED_COLUMNS = (
    "Mã|Tên mô hình|Đơn vị đăng ký|Lĩnh vực|Cấp đăng ký|Loại hình|Tổ chức chủ trì|"
    "Người phụ trách|Địa chỉ thực hiện|Kết quả đăng ký|Ngày bắt đầu|Ngày đăng ký"
)
REGISTERED = (
    tuple(REGISTERED_COLUMNS.split("|")),
    (
        *("HL-001", "Đường hoa kiểu mẫu", "Phường Bắc Hồng", "Kinh tế", "Cấp tỉnh", "Tập thể"),
        *("Chi hội Phụ nữ", "Đặng Thị Hà", "Tổ dân phố 1", "200 hộ tham gia"),
        *(dt.date(2016, 5, 1), dt.date(2018, 2, 1)),
    ),
    (
        *("HL-002", "Camera an ninh", "Phường Nam Hồng", "An ninh - quốc phòng", "Cấp thị xã"),
        *("Tập thể", "Công an phường", "Lê Văn Ý", "Tổ dân phố 2", "20 mắt camera"),
        *(dt.date(2017, 12, 1), dt.date(2018, 3, 1)),
    ),
    (
        *("HL-003", "Tiếng trống học bài", "Phường Bắc Hồng", "Kinh tế", "Cấp thị xã", "Cá nhân"),
        *("Chi đoàn", "Trần Đình Ân", "Tổ dân phố 3", "50 em học sinh"),
        # Registered a day late: gate DK.1.
        *(dt.date(2017, 12, 1), dt.date(2018, 4, 1)),
    ),
)
REPORTED_COLUMNS = (
    "Mã|Rõ người|Rõ việc|Rõ địa chỉ|Rõ kết quả|Số ngày ban hành kế hoạch chậm|"
    "Số tổ chức phối hợp|Tổng số hộ trên địa bàn|Số hộ được tuyên truyền|Số hộ tham gia|"
    "Số buổi đối thoại, sinh hoạt|Dân biết|Dân bàn|Dân làm|Dân kiểm tra|Chỉ tiêu đăng ký|"
    "Kết quả đạt được|Số phiếu khảo sát|Số phiếu hài lòng|Số địa bàn nhân rộng|"
    "Vốn xã hội hóa (triệu đồng)|Cấp báo, đài đưa tin|Được cấp tỉnh khen|Có sáng kiến mới|"
    "Số ngày nộp báo cáo muộn|Số vụ khiếu nại đúng|Kỷ luật người phụ trách|"
    "Mất đoàn kết nghiêm trọng|Đã tự chấm|Cấp ủy, chính quyền xác nhận"
)
REPORTED = (
    tuple(REPORTED_COLUMNS.split("|")),
    (
        *("HL-001", "Có", "Có", "Có", "Có", 0, 2, 200, 200, 190, 4, "Có", "Có", "Có", "Có"),
        *(200, 200, 50, 50, 3, 60, "Cấp tỉnh", "Có", "Có", 0, 0, "Không", "Không", "Có", "Có"),
    ),
    (
        *("HL-002", "Có", "Có", "Có", "Có", 0, 1, 100, 90, 86, 3, "Có", "Có", "Có", "Không"),
        *(20, 18, 50, 40, 1, 30, "Cấp huyện", "Không", "Không", 2, 0, "Không", "Không"),
        *("Có", "Có"),
    ),
    (
        *("HL-003", "Có", "Có", "Có", "Có", 0, 2, 100, 90, 96, 4, "Có", "Có", "Có", "Có"),
        *(50, 50, 50, 45, 2, 20, "Không", "Không", "Có", 0, 0, "Không", "Không", "Có", "Có"),
    ),
)
MARKED = (
    ("Mã", "Ủy viên 1", "Ủy viên 2", "Ủy viên 3", "Ủy viên 4", "Ủy viên 5"),
    ("HL-001", 9, 9.5, 10, 9, 9),
    ("HL-002", 8, None, 8.5, 8, None),
    ("HL-003", 7, 7, 7, 7, 7),
)


def workbook(*, registered=REGISTERED, reported=REPORTED, marked=MARKED):
    """The season as a unit would send it; a part that is None has no sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    parts = {"Đăng ký": registered, "Kết quả": reported, "Hội đồng chấm III.3": marked}
    for title, rows in parts.items():
        if rows is not None:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_cell(rows, code, heading, value):
    """*rows* with one cell changed."""
    at = rows[0].index(heading)
    return tuple((*row[:at], value, *row[at + 1 :]) if row[0] == code else row for row in rows)


class Clock:
    """Eight in the morning, and a minute later at every look."""

    def __init__(self):
        self.now = dt.datetime(2018, 12, 1, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))

    def __call__(self):
        self.now += dt.timedelta(minutes=1)
        return self.now


def desk_at(path, *, officer="Hà", rules_dir=RULES_DIR):
    return open_desk(path, officer=officer, clock=Clock(), rules_dir=rules_dir)


def take_in(desk, data=None, *, season="hl", file="mùa 2018.xlsx"):
    return desk.apply_intake(data or workbook(), file=file, season=season)


def scored(desk, data=None, *, season="hl"):
    """Open, fill, pin and score a season."""
    desk.open_season(season, title="Hồng Lĩnh 2018", year=2018)
    take_in(desk, data, season=season)
    desk.pin_pack(season, PACK_DIR)
    desk.score(season)
    return desk


def decided(desk, *, season="hl", **told):
    signed = {"number": "05/QĐ-UBND", "signed_on": dt.date(2018, 12, 20)}
    signer = {"signer_post": "CHỦ TỊCH", "signer_name": "Nguyễn Văn A"}
    return desk.decide(season, **{**signed, **signer, **told})
