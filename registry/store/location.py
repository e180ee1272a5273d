"""Where a register may stand (chỗ đặt tệp sổ): a local folder that exists."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

from registry.errors import RegistryError

NETWORK_FILE_SYSTEMS = frozenset(
    {"afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs"}
    | {"glusterfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "smb2", "smb3", "smbfs"}
)
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
            hint="Đặt sổ trên ổ đĩa của máy này; sao lưu sang ổ mạng khi đã đóng chương trình.",
        )


def check_location(path: Path) -> Path:
    """*path* made absolute, when a register may stand there. Raises RegistryError."""
    absolute = path.expanduser().absolute()
    if is_on_network(absolute):
        raise NetworkShareRefused(path)
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
