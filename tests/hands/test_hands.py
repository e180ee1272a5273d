"""Several programs at once on one register lose nothing and are never shown a lock."""

import pytest
from serving import Databases, started_server
from writing_together import written_together


@pytest.mark.slow
@pytest.mark.parametrize("product", ["sqlite", "postgresql"])
def test_writers_lose_nothing_and_meet_no_lock(product, tmp_path):
    if product == "sqlite":
        told = written_together(tmp_path / "sổ.db", writers=4, total=80)
    else:
        with started_server(tmp_path) as uri:
            told = written_together(Databases(uri).make(), writers=4, total=80)

    kept = (told.saved, told.counted, told.revision, told.lines)
    assert kept == (80, 80, 80, 81)
    assert (told.refused, told.chain) == (0, "")
