"""Rule packs on disk (sổ quy tắc): folders of YAML to their files, and to packs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from registry.errors import RegistryError
from scoring.pack import parse_pack
from scoring.problems import PackError, Place, Problem, first_of
from scoring.rules import Pack
from scoring.source import read_source

RULES_DIR = Path(__file__).resolve().parents[1] / "rules"
"""The packs that come with the program: beside this package, in a checkout as installed."""

MOST_FILES = 500
MOST_BYTES = 1 << 20
"""Of one file: four bytes for every character that is read at most."""

_PACK_FILES = ("pack.yaml", "criteria/*.yaml", "tests/*.yaml")


class PackMissing(RegistryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} không phải thư mục bộ quy tắc: không có tệp pack.yaml trong đó.",
            hint="Chỉ thư mục chứa pack.yaml, ví dụ rules/dan-van-kheo-minh-hoa.",
        )


def read_pack_files(folder: Path) -> dict[str, str]:
    """The text of every YAML file of a pack by its name inside *folder*.

    Raises:
        PackMissing: there is no pack in *folder*.
        PackError: a file is not UTF-8 text, or there is more than any pack holds.
    """
    files, problems = read_texts(_found(folder))
    if problems:
        raise PackError(first_of(problems))
    return files


def read_texts(
    folder: Path, instead: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The files of a pack that are text, and what is wrong with the others.

    Texts of *instead* stand in place of the files of that name, whether or not these exist.
    """
    files = dict(instead)
    problems: list[Problem] = []
    paths = sorted(path for pattern in _PACK_FILES for path in folder.glob(pattern))
    if len(paths) > MOST_FILES:
        hint = "Gộp bớt tệp trong criteria/ và tests/; kiểm tra có chỉ nhầm thư mục không."
        message = f"Bộ quy tắc có {len(paths)} tệp YAML, quá {MOST_FILES}."
        raise PackError((Problem(Place(f"{folder}/pack.yaml"), "too-many", message, hint),))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if name in instead:
            continue
        if problem := _unreadable(path, Place(f"{folder}/{name}")):
            problems.append(problem)
            continue
        try:
            files[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            place = Place(f"{folder}/{name}", line=_line_of(path, error.start))
            hint = "Lưu lại tệp với bảng mã UTF-8."
            problems.append(Problem(place, "encoding", "Tệp không phải UTF-8.", hint))
    return files, tuple(problems)


def pack_folder_of(path: Path) -> tuple[Path, str] | None:
    """The folder of the pack *path* would belong to, and its name there; None for other files."""
    for folder in (path.parent, path.parent.parent):
        name = path.relative_to(folder)
        if any(name.match(pattern) for pattern in _PACK_FILES):
            return folder, name.as_posix()
    return None


def _unreadable(path: Path, place: Place) -> Problem | None:
    """What keeps *path* from being opened at all."""
    if not path.is_file():
        message = "Đây không phải là một tệp thường."
        return Problem(place, "not-a-file", message, "Đổi tên hoặc đưa ra khỏi bộ quy tắc.")
    if (size := path.stat().st_size) > MOST_BYTES:
        message = f"Tệp {size / (1 << 20):.1f} MB, quá 1 MB.".replace(".", ",", 1)
        hint = "Tách ra nhiều tệp trong criteria/, tests/; thường là nhầm tệp."
        return Problem(place, "too-large", message, hint)
    return None


def _found(folder: Path) -> Path:
    """*folder*, or the pack of that name that comes with the program."""
    if (folder / "pack.yaml").is_file():
        return folder
    shipped = RULES_DIR / folder.name
    if folder.parent in (Path(), Path(RULES_DIR.name)) and (shipped / "pack.yaml").is_file():
        return shipped
    raise PackMissing(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A pack in a folder and the time it applies (bản của bộ quy tắc), without its rules."""

    folder: Path
    id: str
    version: str
    since: dt.date
    until: dt.date | None

    def is_in_force(self, on: dt.date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def applies(self) -> str:
        until = f" đến {self.until:%d/%m/%Y}" if self.until else ""
        return f"từ {self.since:%d/%m/%Y}{until}"


class PackNotInForce(RegistryError):
    def __init__(self, edition: Edition, on: dt.date, others: Iterable[Edition]) -> None:
        known = "; ".join(f"{one.folder} {one.applies}" for one in others)
        super().__init__(
            f"Ngày {on:%d/%m/%Y} bộ quy tắc {edition.id} {edition.version} không có hiệu lực "
            f"({edition.applies}).",
            hint=f"Chọn ngày khác, hoặc đặt bản có hiệu lực ngày ấy, cùng id, ở thư mục bên cạnh; "
            f"đang có: {known}."
            if known
            else "Chọn ngày khác, hoặc đặt bản có hiệu lực ngày ấy, cùng id, ở thư mục bên cạnh.",
        )


def edition_in_force(folder: Path, on: dt.date) -> Edition | None:
    """The pack in *folder* if it applies *on* that day, else the one of its id beside it that does.

    Of several the one that began last. None: the pack in *folder* has faults that keep its own
    time from being read.

    Raises:
        PackMissing: there is no pack in *folder*.
        PackNotInForce: none of them applies on that day.
    """
    folder = _found(folder)
    asked = _edition(folder)
    if asked is None or asked.is_in_force(on):
        return asked
    paths = sorted(path.parent for path in folder.resolve().parent.glob("*/pack.yaml"))
    read = (_edition(folder.parent / path.name) for path in paths if path != folder.resolve())
    others = [one for one in read if one is not None and one.id == asked.id]
    fit = [one for one in others if one.is_in_force(on)]
    if not fit:
        raise PackNotInForce(asked, on, others)
    return max(fit, key=lambda one: one.since)


def _edition(folder: Path) -> Edition | None:
    """What the head of a pack says; None when it cannot be read, which ``check`` explains."""
    try:
        head = read_source(read_pack_files(folder)["pack.yaml"], file="pack.yaml").value
    except PackError:
        return None
    times = head.get("effective") if isinstance(head, dict) else None
    since, until = (times.get("from"), times.get("to")) if isinstance(times, dict) else (None, None)
    if not isinstance(since, dt.date) or not isinstance(until, dt.date | None):
        return None
    id_, version = str(head.get("id", "")), str(head.get("version", ""))
    return Edition(folder=folder, id=id_, version=version, since=since, until=until)


def load_pack(folder: Path) -> Pack:
    """The pack in *folder*. Raises PackMissing, PackError."""
    return parse_pack(read_pack_files(folder), name=folder.as_posix())


def grade_labels(files: Mapping[str, str]) -> dict[str, str]:
    """Labels of the grades by id, best first, of a pack that was checked when it was stored.

    Reads no rule, so a list of entries can be shown without the rule language.
    """
    source = read_source(files["pack.yaml"], file="pack.yaml")
    return {grade["id"]: grade["label"] for grade in source.value["grades"]}


def list_packs(rules_dir: Path) -> tuple[Pack, ...]:
    """The packs in *rules_dir* that can be used, by folder name.

    A draft with faults is passed over here: it must not stop anyone else's work, and
    ``dvk rules check`` tells its author what is wrong.
    """
    packs: list[Pack] = []
    for file in sorted(rules_dir.glob("*/pack.yaml")):
        try:
            packs.append(load_pack(file.parent))
        except PackError:
            continue
    return tuple(packs)


def _line_of(path: Path, position: int) -> int:
    return path.read_bytes()[:position].count(b"\n") + 1
