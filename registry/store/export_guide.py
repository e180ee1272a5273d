"""What an open export says of itself to whoever finds it in ten years (DOC-TRUOC.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from registry.store.raw import DERIVED, SECRET
from registry.store.tables import audit, metadata, packs

_HEAD = """# Bản xuất mở của một sổ "Dân vận khéo"

Toàn bộ nội dung của sổ, viết ra thành tệp chữ để mở bằng chương trình bất kỳ và để nhập lại vào
một sổ mới: `dvk --db SO-MOI.db import THƯ_MỤC_NÀY`. Không thiếu gì so với sổ: nhập rồi xuất lại
cho đúng từng byte như ở đây.

## Trong thư mục
| Tệp | Là gì |
|---|---|
| `bang/*.csv` | mỗi bảng một tệp CSV: UTF-8 không BOM, dấu phẩy, hàng đầu là tên cột |
| `bo-quy-tac.json` | các bộ quy tắc đã ghim, từng tệp YAML nguyên văn |
| `nhat-ky.jsonl` | nhật ký, mỗi dòng một đối tượng JSON, theo thứ tự |
| `tep/*` | tệp minh chứng, tên tệp là dấu SHA-256 của nội dung |
| `so.json` | bản kê: phiên bản, số dòng từng bảng, dấu SHA-256 của mọi tệp |

## Đọc một ô CSV
- `\\N` là không có giá trị; ô trống là chữ trống.
- Chữ bắt đầu bằng `=`, `+`, `-`, `@` (hay tab, `\\`) được thêm một dấu `'` ở trước, trong ô thì
  thêm sau dấu phân cách, để Excel không chạy nó như công thức. Đã có sẵn `'` trước dấu ấy thì thêm
  một dấu nữa. Đọc lại: bớt đi đúng một dấu. Số âm như `-3.5` giữ nguyên.
- Điểm là số thập phân viết bằng dấu chấm; ngày `2018-12-20`; thời điểm theo giờ UTC.
- Mở bằng Excel: Data → From Text/CSV, chọn 65001 (UTF-8), cột kiểu Text. Đừng lưu đè lên tệp ở đây:
  nhập lại sẽ bị từ chối vì dấu không khớp.

## Soát nhật ký không cần chương trình này
Dấu của một dòng là SHA-256 của chữ JSON (UTF-8, không khoảng trắng, không đổi chữ có dấu thành mã)
của danh sách `[seq, at, officer, season, event, data, previous]`; `previous` là dấu của dòng trước,
dòng đầu là 64 số 0. Giấy đã ký in 16 ký tự đầu của dấu dòng ghi quyết định ("Nhật ký (…)" ở chân
trang).
"""


def guide_of(*, rows: Mapping[str, int], files: Mapping[str, str], lines: int, head: str) -> str:
    """The guide beside an export. The same register gives the same text."""
    parts = [_HEAD, f"Nhật ký có {lines} dòng, dấu dòng cuối: `{head or '(trống)'}`\n"]
    parts += ["\n## Các bảng\n", *_tables(rows)]
    parts += ["\n## Dấu SHA-256 của các tệp\n```\n"]
    parts += [f"{digest}  {name}\n" for name, digest in sorted(files.items())]
    return "".join([*parts, "```\n"])


def _tables(rows: Mapping[str, int]) -> Iterator[str]:
    for table in metadata.sorted_tables:
        if table is audit:
            continue
        where = "bo-quy-tac.json" if table is packs else f"bang/{table.name}.csv"
        yield f"\n### `{table.name}`: {rows[table.name]} dòng, {where}\n"
        yield "| Cột | Kiểu | Ghi chú |\n|---|---|---|\n"
        for column in table.c:
            yield f"| `{column.name}` | {_kind(column)} | {', '.join(_notes(column))} |\n"


def _kind(column: sa.Column[object]) -> str:
    names = {
        "Integer": "số nguyên",
        "Text": "chữ",
        "ExactDecimal": "số thập phân",
        "Day": "ngày",
        "Instant": "thời điểm (UTC)",
        "JsonText": "JSON",
        "LargeBinary": "tệp",
    }
    return names.get(type(column.type).__name__, type(column.type).__name__)


def _notes(column: sa.Column[object]) -> Iterator[str]:
    place = (column.table.name, column.name)
    if column.primary_key:
        yield "khóa"
    if column.nullable:
        yield "có thể không có"
    for key in column.foreign_keys:
        yield f"trỏ đến `{key.column.table.name}.{key.column.name}`"
    if place in DERIVED:
        yield "tính từ các cột khác"
    if place in SECRET:
        yield "mật khẩu đã băm (Argon2), giữ kín"
