"""What a server refuses, told in words (sự cố của máy chủ)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from registry.errors import RegistryError

_SIGN_IN = ("28000", "28P01")
_NO_DATABASE = ("3D000",)
_NOT_ALLOWED = ("42501",)
_BUSY = ("55P03", "40001", "40P01")
_FULL = ("53100", "53200", "53300")
_GONE = ("08", "57P")


class ServerRefusal(RegistryError):
    """The server did not do what was asked; nothing of it was kept."""


class ServerUnreachable(ServerRefusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Không nối được máy chủ {name}.",
            hint="Xem máy chủ có chạy không, mạng có thông không, tên và cổng có đúng không.",
        )


class SignInRefused(ServerRefusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Máy chủ {name} không nhận tên hoặc mật khẩu.",
            hint="Xem lại DVK_DATABASE_URL; quên mật khẩu thì nhờ người quản trị đặt lại.",
        )


class DatabaseMissing(ServerRefusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Máy chủ không có cơ sở dữ liệu này: {name}.",
            hint="Người quản trị tạo trước: createdb --encoding UTF8 TÊN.",
        )


class ServerForbids(ServerRefusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Máy chủ không cho tài khoản này làm việc ấy ({name}).",
            hint="Hỏi người quản trị xem tài khoản được giao những việc gì, cho đơn vị nào.",
        )


class ServerBusy(ServerRefusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Sổ trên {name} đang bận: người khác đang ghi và chưa xong.",
            hint="Chờ một lát rồi làm lại. Lần này chưa ghi gì.",
        )


class ServerFull(ServerRefusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Máy chủ {name} hết chỗ hoặc hết lượt kết nối.",
            hint="Báo người quản trị máy chủ. Lần này chưa ghi gì.",
        )


_REFUSALS: tuple[tuple[tuple[str, ...], type[ServerRefusal]], ...] = (
    (_SIGN_IN, SignInRefused),
    (_NO_DATABASE, DatabaseMissing),
    (_NOT_ALLOWED, ServerForbids),
    (_BUSY, ServerBusy),
    (_FULL, ServerFull),
    (_GONE, ServerUnreachable),
)


@contextmanager
def told_in_words(name: str) -> Iterator[None]:
    """Turn what the server *name* says into a refusal a person can act on."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        refusal = _refusal_of(error)
        if refusal is None:
            raise
        raise refusal(name) from error


def _refusal_of(error: sa.exc.DBAPIError) -> type[ServerRefusal] | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    for states, refusal in _REFUSALS:
        if state.startswith(states):
            return refusal
    if not state and isinstance(error, sa.exc.OperationalError):
        return _before_the_first_word(str(error.orig))
    return None


def _before_the_first_word(said: str) -> type[ServerRefusal]:
    """A refused connection carries no code, only the server's own English words."""
    if "password authentication failed" in said or "no password supplied" in said:
        return SignInRefused
    if "does not exist" in said and "database" in said:
        return DatabaseMissing
    return ServerUnreachable
