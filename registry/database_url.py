"""The address of a PostgreSQL server (địa chỉ máy chủ), whose password is never shown."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from registry.errors import RegistryError

_SCHEMES = ("postgresql", "postgres")


class DatabaseUrlUnfit(RegistryError):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"DVK_DATABASE_URL không dùng được: {why}.",
            hint="Viết dạng postgresql://tên:mật-khẩu@máy-chủ:5432/tên-cơ-sở-dữ-liệu; chữ đặc "
            "biệt trong mật khẩu viết dạng %XX, ví dụ @ là %40.",
        )


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """Where a province's register is served (máy chủ của tỉnh)."""

    secret: str
    """The whole address, password included: for the driver, never for a reader."""

    def __repr__(self) -> str:
        return f"DatabaseUrl({self.told})"

    @property
    def told(self) -> str:
        """The address without its password, fit to be shown."""
        parts = urlsplit(self.secret)
        host = parts.netloc.rpartition("@")[2]
        user = self.user
        return urlunsplit(("postgresql", f"{user}@{host}" if user else host, parts.path, "", ""))

    @property
    def user(self) -> str:
        """Who signs in; empty when the system's own name is to be used."""
        return unquote(urlsplit(self.secret).username or "")


def parse_database_url(text: str) -> DatabaseUrl:
    """The address *text* says. Raises DatabaseUrlUnfit, which does not repeat it."""
    try:
        parts = urlsplit(text.strip())
        _ = parts.port
    except ValueError:
        raise DatabaseUrlUnfit("viết sai dạng") from None
    if parts.scheme not in _SCHEMES:
        raise DatabaseUrlUnfit("phải bắt đầu bằng postgresql://")
    if parts.path in ("", "/"):
        raise DatabaseUrlUnfit("thiếu tên cơ sở dữ liệu")
    return DatabaseUrl(urlunsplit(("postgresql", *parts[1:])))
