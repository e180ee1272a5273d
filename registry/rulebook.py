"""Rule packs on disk (sổ quy tắc): folders of YAML to their files, and to packs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from registry.errors import RegistryError
from scoring.pack import parse_pack
from scoring.problems import PackError, Place, Problem
from scoring.rules import Pack
from scoring.source import read_source

RULES_DIR = Path(__file__).resolve().parents[1] / "rules"
"""The packs that come with the program: beside this package, in a checkout as installed."""

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
        PackError: a file is not UTF-8 text.
    """
    files, problems = read_texts(_found(folder))
    if problems:
        raise PackError(problems)
    return files


def read_texts(
    folder: Path, instead: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The files of a pack that are text, and what is wrong with the others.

    Texts of *instead* stand in place of the files of that name, whether or not these exist.
    """
    files = dict(instead)
    problems: list[Problem] = []
    for path in sorted(path for pattern in _PACK_FILES for path in folder.glob(pattern)):
        name = path.relative_to(folder).as_posix()
        if name in instead:
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


def _found(folder: Path) -> Path:
    """*folder*, or the pack of that name that comes with the program."""
    if (folder / "pack.yaml").is_file():
        return folder
    shipped = RULES_DIR / folder.name
    if folder.parent in (Path(), Path(RULES_DIR.name)) and (shipped / "pack.yaml").is_file():
        return shipped
    raise PackMissing(folder)


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
