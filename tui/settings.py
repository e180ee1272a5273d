"""Settings (cấu hình): from the command line, then ``DVK_*``, then ``dvk.toml``, then defaults."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError

from registry.errors import RegistryError

APP = "dan-van-kheo"


class SettingsRefused(RegistryError):
    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            f"Cấu hình {where} không dùng được: {what}.",
            hint="Chỉ có các khóa: db (đường dẫn tệp sổ), officer (tên cán bộ), allow_location "
            "(cho sổ nằm trên ổ mạng hay thư mục đồng bộ: true, false).",
        )


class Settings(BaseModel):
    """Where the register is and who is working (tệp sổ, cán bộ)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    db: Path
    officer: str
    allow_location: bool = False
    """A register may stand on a network share or in a synchronised folder."""


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
            found |= tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsRefused(str(file), str(error)) from None
    for key in ("db", "officer", "allow_location"):
        if value := environment.get(f"DVK_{key.upper()}"):
            found[key] = value
    given = {"db": db, "officer": officer, "allow_location": allow_location}
    try:
        return Settings.model_validate(found | {k: v for k, v in given.items() if v})
    except ValidationError as error:
        keys = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise SettingsRefused(str(file), f"khóa {keys}") from None
