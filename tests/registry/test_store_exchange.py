"""Open export and back: nothing lost, equal registers equal bytes, nothing taken that was changed."""

import csv
import json
import sqlite3

import pytest
import sqlalchemy as sa
from small_season import decided, desk_at

from registry.desk.upkeep import import_export
from registry.store.exact import Day, ExactDecimal, Instant, JsonText
from registry.store.exporting import FolderTaken, exported_tables
from registry.store.importing import ExportUnfit, RegisterNotEmpty
from registry.store.tables import metadata

ODD = (
    "=HYPERLINK(\"http://x\")",
    "'=1",
    "\\N",
    "",
    "-5",
    "@a;=b",
    "dòng 1\r\ndòng 2",
    '"ngoặc", phẩy',
    "\ttab",
    "Đặng Thị Ý",
)  # fmt: skip


def bytes_in(folder):
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


def rows(path):
    connection = sqlite3.connect(path)
    dumped = sorted(row for row in connection.iterdump() if row.startswith("INSERT"))
    connection.close()
    return dumped


def odd_value(column, number):
    """Something awkward that the column holds all the same."""
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return None if column.nullable and number % 2 else ("key", key.column.table.name)
    kind = column.type
    if isinstance(kind, sa.LargeBinary):
        return bytes([number, 0, 255])
    if isinstance(kind, sa.Integer):
        return number if column.primary_key else -number
    if isinstance(kind, Day):
        return None if column.nullable else f"2018-01-{number + 1:02}"
    texts = {Instant: f"2018-01-01T00:00:{number:02}+00:00", ExactDecimal: f"-{number}.50"}
    if type(kind) in texts:
        return texts[type(kind)]
    if isinstance(kind, JsonText):
        return json.dumps({"a": ODD[number]}, ensure_ascii=False, separators=(",", ":"))
    checked = {"stage": "final", "verdict": "same"}
    if column.name in checked or (column.table.name, column.name) == ("evidence", "state"):
        return checked.get(column.name, "claimed")
    if column.name == "approved_by":
        return ""
    if column.nullable and number % 2:
        return None
    return f"{ODD[number]}{number}" if column.primary_key else ODD[number]


def fill(path):
    """Ten odd rows in every table; each points at the row of the same number."""
    connection = sqlite3.connect(path, isolation_level=None)
    keys = {}
    for table in metadata.sorted_tables:
        if table.name == "audit":
            continue
        keys[table.name] = []
        for number in range(len(ODD)):
            values = {}
            for column in table.c:
                value = odd_value(column, number)
                if isinstance(value, tuple):
                    # A row may point at one that comes after it, or at itself.
                    known = keys[value[1]]
                    value = known[number] if number < len(known) else None
                values[column.name] = value
            for column in table.c:
                if values[column.name] is None and not column.nullable:
                    values[column.name] = values[next(iter(table.primary_key)).name]
            names, marks = ", ".join(f'"{one}"' for one in values), ", ".join("?" * len(values))
            into = f"{table.name} ({names}) VALUES ({marks})"
            connection.execute(f"INSERT INTO {into}", list(values.values()))
            keys[table.name].append(values[next(iter(table.primary_key)).name])
    connection.execute(
        "UPDATE entries SET merged_into = (SELECT max(code) FROM entries) WHERE code LIKE '%1'"
    )
    connection.execute("UPDATE units SET parent = (SELECT max(id) FROM units) WHERE id = 1")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_every_table_comes_back_as_it_was(desk, path, tmp_path):
    desk.open_season("hl", title="=1+1", year=2018)
    fill(path)
    there, again, new = tmp_path / "ra", tmp_path / "ra nữa", tmp_path / "mới.db"

    exported = desk.export(there)
    import_export(there, new)
    desk_at(new).export(again)

    assert rows(new) == rows(path)
    assert bytes_in(again) == bytes_in(there)
    assert set(exported.rows.values()) == {len(ODD), len(ODD) + 1}
    assert (tmp_path / "ra" / "tep").is_dir()
    assert not list(tmp_path.rglob(".dvk-*"))


def test_season_goes_on_where_it_was_imported(scored_desk, tmp_path):
    decided(scored_desk)
    new = tmp_path / "máy mới.db"

    exported = scored_desk.export(tmp_path / "ra")
    manifest = import_export(tmp_path / "ra", new)

    other = desk_at(new)
    head = scored_desk.audit_lines()[-1].digest
    assert (exported.head, manifest.head, other.audit_lines()[-1].digest) == (head, head, head)
    assert other.verify("hl") == scored_desk.verify("hl")
    assert other.verify("hl").problems == ()
    assert other.ranking_csv("hl") == scored_desk.ranking_csv("hl")
    other.open_season("hl-2019", title="Hồng Lĩnh 2019", year=2019)
    assert other.verify("hl-2019").problems == ()


def test_files_can_be_read_by_anybody(scored_desk, tmp_path):
    scored_desk.export(tmp_path / "ra")
    folder = tmp_path / "ra"

    data = (folder / "bang" / "entries.csv").read_bytes()
    assert data.startswith(b"code,season,name,")
    with (folder / "bang" / "marks.csv").open(encoding="utf-8", newline="") as file:
        marks = list(csv.DictReader(file))
    assert [row["mark"] for row in marks if row["code"] == "HL-001"] == ["9", "9.5", "10", "9", "9"]
    (pack,) = json.loads((folder / "bo-quy-tac.json").read_text("utf-8"))
    assert "pack.yaml" in pack["files"]
    lines = [json.loads(one) for one in (folder / "nhat-ky.jsonl").read_text("utf-8").splitlines()]
    assert [one["event"] for one in lines] == [
        *("season-opened", "intake-applied", "pack-pinned", "season-scored"),
    ]
    guide = (folder / "DOC-TRUOC.md").read_text("utf-8")
    assert all(f"### `{table.name}`" in guide for table in exported_tables())


def test_no_cell_begins_a_formula(desk, path, tmp_path):
    fill(path)
    desk.export(tmp_path / "ra")
    cells = []
    for file in (tmp_path / "ra" / "bang").iterdir():
        with file.open(encoding="utf-8", newline="") as opened:
            cells += [cell for row in csv.reader(opened) for cell in row]

    dangerous = [one for one in cells if one[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    assert [one for one in dangerous if not one.lstrip("-").replace(".", "").isdigit()] == []
    assert any(one.startswith("'=HYPERLINK") for one in cells)


def test_export_takes_no_folder_that_holds_something(scored_desk, tmp_path):
    (tmp_path / "trống").mkdir()
    (tmp_path / "có").mkdir()
    (tmp_path / "có" / "tệp.txt").touch()

    scored_desk.export(tmp_path / "trống")
    with pytest.raises(FolderTaken):
        scored_desk.export(tmp_path / "có")
    with pytest.raises(FolderTaken):
        scored_desk.export(tmp_path / "trống")

    assert [one.name for one in (tmp_path / "có").iterdir()] == ["tệp.txt"]


def test_import_takes_only_a_new_register(scored_desk, path, tmp_path):
    scored_desk.export(tmp_path / "ra")
    before = path.read_bytes()

    with pytest.raises(RegisterNotEmpty):
        import_export(tmp_path / "ra", path)

    assert path.read_bytes() == before


def edited(name, old, new):
    def spoil(folder):
        file = folder / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8", newline="")

    return spoil


def and_listed(spoil, name):
    """Somebody who knows of the manifest, too."""

    def with_manifest(folder):
        spoil(folder)
        from registry.store.exporting import digest_of_file

        manifest = json.loads((folder / "so.json").read_text("utf-8"))
        manifest["files"][name] = digest_of_file(folder / name)
        (folder / "so.json").write_text(json.dumps(manifest), "utf-8")

    return with_manifest


MARKS, LOG = "bang/marks.csv", "nhat-ky.jsonl"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (edited(MARKS, "9.5", "10"), f"tệp {MARKS} đã bị sửa sau khi xuất"),
        (lambda folder: (folder / MARKS).unlink(), f"thiếu tệp {MARKS}"),
        (lambda folder: (folder / "so.json").unlink(), "không có tệp so.json"),
        (edited("so.json", '"format"', '"f"'), "so.json không đọc được"),
        (edited("so.json", '"format": 1', '"format": 2'), "bản chương trình mới hơn"),
        (edited("so.json", '"revision": "0', '"revision": "9'), "bản chương trình mới hơn"),
        (edited("so.json", f'"{MARKS}"', '"../../etc/passwd"'), "thiếu tệp ../../etc/passwd"),
        (and_listed(edited(MARKS, "code,", "mã,"), MARKS), "có cột lạ “mã”"),
        (and_listed(edited(MARKS, "HL-001", "HL-999"), MARKS), "bảng marks: "),
        (and_listed(edited(MARKS, "\nHL-001,", "\nHL-001,,"), MARKS), "sai số ô"),
        (and_listed(edited(LOG, '"Hà"', '"Nam"'), LOG), "Dòng nhật ký số 1 đã bị sửa"),
    ],
)
def test_changed_export_is_refused_and_leaves_nothing(scored_desk, tmp_path, spoil, why):
    folder, new = tmp_path / "ra", tmp_path / "mới.db"
    scored_desk.export(folder)
    spoil(folder)

    with pytest.raises(ExportUnfit) as refused:
        import_export(folder, new)

    assert why in refused.value.message
    assert not list(tmp_path.rglob("*mới.db*"))


def test_value_changed_in_an_export_with_its_digest_is_found_by_the_log(scored_desk, tmp_path):
    folder, new = tmp_path / "ra", tmp_path / "mới.db"
    scored_desk.export(folder)
    and_listed(edited(MARKS, "9.5", "10"), MARKS)(folder)
    import_export(folder, new)

    (problem,) = desk_at(new).verify("hl").problems
    assert problem.startswith(
        "HL-001 “Đường hoa kiểu mẫu” · Ủy viên 2: trong sổ 10; nhật ký ghi 9,5"
    )
