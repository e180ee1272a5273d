"""Where a register may stand (chỗ đặt tệp sổ): a local folder that exists."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePath

from registry.errors import RegistryError
from registry.vietnamese import tidy

NETWORK_FILE_SYSTEMS = frozenset(
    {"afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs"}
    | {"fuse.google-drive-ocamlfuse", "fuse.gvfsd-fuse", "fuse.onedriver", "glusterfs", "lustre"}
    | {"ncpfs", "nfs", "nfs3", "nfs4", "smb2", "smb3", "smbfs"}
)
_MARKS = {
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "ownCloud/Nextcloud",
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
}
"""What synchronising programs leave in the folder they watch."""

_NAMES = re.compile(
    r"(?P<onedrive>onedrive(?:[ -].+)?)"
    r"|(?P<dropbox>dropbox(?: \(.+\))?)"
    r"|(?P<google>google ?drive(?: .+)?|googledrive-.+|my drive|drive của tôi|insync)"
    r"|(?P<icloud>icloud ?drive|com~apple~clouddocs|mobile documents)"
    r"|(?P<other>nextcloud|owncloud|pcloud ?drive|mega ?sync|yandex\.disk)"
)
_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google": "Google Drive",
    "icloud": "iCloud",
}
_APPLE_CLOUDS = ("library", "cloudstorage")
_MOUNTS = Path("/proc/self/mounts")
_WINDOWS_REMOTE_DRIVE = 4


class FolderMissing(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Không mở được sổ {path}: không có thư mục {path.parent}.",
            hint="Tạo thư mục ấy trước, hoặc chỉ một đường dẫn khác.",
        )


class NotAFile(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} là một thư mục, không phải tệp sổ.",
            hint="Chỉ một tệp, ví dụ so-dan-van-kheo.db.",
        )


class NetworkShareRefused(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} nằm trên ổ mạng; khóa tệp ở đó không tin được và sổ có thể hỏng.",
            hint="Đặt sổ trên ổ đĩa của máy này, rồi sao lưu sang ổ mạng bằng dvk backup. Biết rõ "
            "và vẫn muốn: thêm --allow-here, hoặc DVK_ALLOW_LOCATION=1.",
        )


class SyncedFolderRefused(RegistryError):
    def __init__(self, path: Path, service: str, root: PurePath) -> None:
        super().__init__(
            f"{path} nằm trong thư mục {service} tự đồng bộ ({root}); nó chép tệp khi sổ đang ghi "
            "dở và có thể trả lại bản cũ, hai máy cùng mở thì mất số liệu.",
            hint="Đặt sổ ở thư mục thường trên máy này, rồi sao lưu vào thư mục đồng bộ bằng dvk "
            "backup. Biết rõ và vẫn muốn: thêm --allow-here, hoặc DVK_ALLOW_LOCATION=1.",
        )


def check_location(path: Path, *, anywhere: bool = False) -> Path:
    """*path* made absolute, when a register may stand there. Raises RegistryError.

    *anywhere*: somebody knows the danger of shares and synchronised folders and wants it so.
    """
    absolute = path.expanduser().absolute()
    if not anywhere:
        if is_on_network(absolute):
            raise NetworkShareRefused(path)
        if found := synced_by(absolute):
            raise SyncedFolderRefused(path, *found)
    if not absolute.parent.is_dir():
        raise FolderMissing(path)
    if absolute.is_dir():
        raise NotAFile(path)
    return absolute


def is_on_network(path: Path) -> bool:
    """Whether *path* is a share of another machine (ổ mạng)."""
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return _is_remote_drive(path.drive)
    if not _MOUNTS.exists():
        return False
    mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    return file_system_of(path.resolve(), mounts) in NETWORK_FILE_SYSTEMS


def file_system_of(path: PurePath, mounts: str) -> str:
    """The kind of file system *path* is on, by the lines of a mount table."""
    found = ("", "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        # ">=": of two mounts on one point, the later covers the earlier.
        if path.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def _is_remote_drive(drive: str) -> bool:
    import ctypes  # noqa: PLC0415 (its windll exists on Windows only)

    windll = getattr(ctypes, "windll", None)
    return windll is not None and (
        windll.kernel32.GetDriveTypeW(f"{drive}\\") == _WINDOWS_REMOTE_DRIVE
    )


def synced_by(path: Path) -> tuple[str, PurePath] | None:
    """The program that synchronises the folder *path* is in, and the folder it watches."""
    resolved = path.resolve()
    for place in dict.fromkeys((path, resolved)):
        if found := service_of(place.parent):
            return found
    for folder in resolved.parents:
        for mark in _names_in(folder):
            if service := _MARKS.get(mark):
                return service, folder
    return None


def service_of(folder: PurePath) -> tuple[str, PurePath] | None:
    """The same, told by the names of the folders alone."""
    for one in (folder, *folder.parents):
        # macOS takes letters apart, Windows forgets their case.
        if found := _NAMES.fullmatch(tidy(one.name).lower()):
            service = str(found.lastgroup)
            return _SERVICES.get(service, one.name), one
        if tuple(part.lower() for part in one.parts[-3:-1]) == _APPLE_CLOUDS:
            return one.name, one
    return None


def _names_in(folder: Path) -> list[str]:
    try:
        # Only the marks are asked for: a folder above may hold a hundred thousand files.
        return [mark for mark in _MARKS if (folder / mark).exists()]
    except OSError:
        return []  # what cannot be looked into is not ours to judge
