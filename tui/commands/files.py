"""Files a command writes: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from registry.errors import RegistryError


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
        return path.read_bytes()
    except OSError as error:
        raise FileNotRead(path, _why(error)) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path* by way of a temporary file beside it. Raises FileNotWritten."""
    try:
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
    except OSError as error:
        raise FileNotWritten(path, _why(error)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why(error: OSError) -> str:
    known = {
        FileNotFoundError: "không có tệp hoặc thư mục này",
        PermissionError: "không có quyền, hoặc tệp đang mở ở chương trình khác",
        IsADirectoryError: "đây là thư mục",
        NotADirectoryError: "một phần đường dẫn không phải thư mục",
        FileExistsError: "đã có một tệp trùng tên thư mục",
    }
    return known.get(type(error), error.strerror or str(error))
