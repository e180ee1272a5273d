"""The packs an editor works on: files on disk with open buffers laid over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pygls import uris
from pygls.workspace import TextDocument

from registry.rulebook import pack_folder_of, read_texts
from scoring.editing.diagnose import Diagnosis, diagnose, diagnoses_of, syntax_faults
from scoring.editing.names import Names, read_names
from scoring.problems import Problem
from tui.language_server.positions import tidy

Buffers = Callable[[], Iterable[TextDocument]]


@dataclass(slots=True)
class OpenPack:
    """A pack with at least one file open, and what was last found out about it."""

    folder: Path
    is_stale: bool = False
    """Whether something changed since its faults were last looked for."""
    names: Names = field(default_factory=Names)
    files: Mapping[str, str] = field(default_factory=dict)
    found: tuple[Diagnosis, ...] = ()
    found_in: Mapping[str, str] = field(default_factory=dict)
    """The files these faults were found in."""
    published: frozenset[str] = frozenset()
    """Addresses of the files an editor shows faults in."""

    @property
    def name(self) -> str:
        """How places are written: the folder's own name, whatever it stands in."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Read:
    """A pack's files as they stand now, and those that could not be read."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    versions: Mapping[str, int | None]
    """Versions of the buffers that were laid over."""


class OpenPacks:
    """Finds the pack of a file and reads it as the author sees it."""

    def __init__(self, buffers: Buffers) -> None:
        self._buffers = buffers
        self._packs: dict[Path, OpenPack] = {}

    def of(self, uri: str) -> tuple[OpenPack, str] | None:
        """The pack the file at *uri* belongs to, and its name there; None for other files."""
        path = uris.to_fs_path(uri)
        found = pack_folder_of(Path(path)) if path else None
        if found is None:
            return None
        folder, name = found
        is_pack = (folder / "pack.yaml").is_file() or "pack.yaml" in self._open_in(folder)
        if not is_pack and folder not in self._packs:
            return None
        return self._packs.setdefault(folder, OpenPack(folder)), name

    def read(self, pack: OpenPack) -> Read:
        """The pack as it stands now; its names are brought up to date as far as it can be read."""
        over = self._open_in(pack.folder)
        buffers = {name: tidy(document.source) for name, document in over.items()}
        files, problems = read_texts(pack.folder, buffers)
        if files != pack.files:
            pack.names, pack.files = read_names(files, pack.names), files
        versions = {name: document.version for name, document in over.items()}
        return Read(files, problems, versions)

    def uri(self, pack: OpenPack, file: str) -> str:
        """The address of a file, spelt as the editor spells it when it is open there."""
        document = self._open_in(pack.folder).get(file)
        if document is not None:
            return str(document.uri)
        return uris.from_fs_path(str(pack.folder / file)) or ""

    def _open_in(self, folder: Path) -> dict[str, TextDocument]:
        found = {}
        for document in self._buffers():
            path = uris.to_fs_path(document.uri)
            here = pack_folder_of(Path(path)) if path else None
            if here is not None and here[0] == folder:
                found[here[1]] = document
        return found


def diagnosed(pack: OpenPack, read: Read) -> tuple[Diagnosis, ...]:
    """Every fault and doubt. A file that is not text hides what only the whole pack can tell."""
    if not read.problems:
        return diagnose(read.files, name=pack.name)
    problems = (*read.problems, *syntax_faults(read.files, name=pack.name))
    found = diagnoses_of([(one, True) for one in problems], read.files, pack.name)
    # Faults of reading name the folder as it stands on disk.
    prefix = f"{pack.folder}/"
    return tuple(
        Diagnosis(one.file.removeprefix(prefix), one.span, one.problem, one.is_fault)
        for one in found
    )
