"""Settings (cấu hình): from the command line, then ``DVK_*``, then ``dvk.toml``, then defaults.

A register is a file or on a server: within each of those places the server goes first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from registry.database_url import DatabaseUrl, parse_database_url
from registry.errors import RegistryError

APP = "dan-van-kheo"


class SettingsRefused(RegistryError):
    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            f"Cấu hình {where} không dùng được: {what}.",
            hint="Các khóa: db (đường dẫn tệp sổ), database_url (địa chỉ máy chủ PostgreSQL), "
            "officer (tên cán bộ), allow_location (cho sổ nằm trên ổ mạng hay thư mục đồng bộ: "
            "true, false).",
        )


class Settings(BaseModel):
    """Where the register is and who is working (tệp sổ hoặc máy chủ, cán bộ)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    db: Path
    database_url: SecretStr | None = None
    """The server that holds the register; None: it is the file ``db``."""
    officer: str
    allow_location: bool = False
    """A register may stand on a network share or in a synchronised folder."""

    @property
    def server(self) -> DatabaseUrl | None:
        """Raises DatabaseUrlUnfit."""
        secret = self.database_url
        return None if secret is None else parse_database_url(secret.get_secret_value())


def config_file() -> Path:
    """Where ``dvk.toml`` is looked for."""
    return platformdirs.user_config_path(APP, appauthor=False) / "dvk.toml"


def read_settings(
    environment: Mapping[str, str],
    *,
    db: Path | None,
    officer: str | None,
    login: str,
    allow_location: bool = False,
) -> Settings:
    """The settings in force. Raises SettingsRefused when ``dvk.toml`` cannot be read."""
    file = config_file()
    found: dict[str, object] = {
        "db": platformdirs.user_data_path(APP, appauthor=False) / "so-dang-ky.db",
        "officer": login,
    }
    if file.is_file():
        try:
            found |= _one_place(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsRefused(str(file), str(error)) from None
    told = {key: environment.get(f"DVK_{key.upper()}") for key in Settings.model_fields}
    for given in (told, {"db": db, "officer": officer, "allow_location": allow_location}):
        found |= _one_place({key: value for key, value in given.items() if value})
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        keys = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise SettingsRefused(str(file), f"khóa {keys}") from None


def _one_place(given: dict[str, Any]) -> dict[str, Any]:
    """*given*, where a file named without a server means the file, whatever was said before."""
    return {"database_url": None, **given} if "db" in given else given
