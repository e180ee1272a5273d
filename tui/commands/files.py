"""Files a command writes: whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from registry.errors import RegistryError

MOST_BYTES = 40 << 20
"""No table of facts is larger; a file chosen by mistake may be."""


class FileNotWritten(RegistryError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"Không ghi được {path}: {why}.",
            hint="Chọn thư mục khác, hoặc đóng tệp đang mở rồi ghi lại.",
        )


class FileNotRead(RegistryError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"Không đọc được {path}: {why}.", hint="Kiểm tra đường dẫn và tên tệp.")


def read_whole(path: Path) -> bytes:
    """The bytes of *path*. Raises FileNotRead."""
    try:
        if (size := path.stat().st_size) > MOST_BYTES:
            raise FileNotRead(path, f"tệp {size >> 20} MB, quá {MOST_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise FileNotRead(path, words_of(error)) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path* by way of a temporary file beside it. Raises FileNotWritten."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # /dev/stdout and the like are written to, never replaced
            return
        _replace(path.resolve() if path.exists() else path, data)
    except OSError as error:
        raise FileNotWritten(path, words_of(error)) from None


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".dvk-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def words_of(error: OSError) -> str:
    """Why the system refused, in Vietnamese."""
    if error.errno is None:
        return str(error)
    return _WORDS.get(error.errno, f"hệ thống báo lỗi {errno.errorcode.get(error.errno, '?')}")


_WORDS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền, hoặc tệp đang mở ở chương trình khác",
    errno.EPERM: "không có quyền",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "một phần đường dẫn không phải thư mục",
    errno.EEXIST: "đã có một tệp trùng tên thư mục",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EBUSY: "tệp hoặc thư mục đang được dùng",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EINVAL: "tên có ký tự không dùng được",
    errno.ELOOP: "các liên kết trỏ vòng quanh",
    errno.EIO: "ổ đĩa báo lỗi",
}
