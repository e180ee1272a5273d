"""A sample of what ``python -m tests.lists`` draws."""

import pytest
from drawn_lists import damaged, drawn, fault_of


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1012))
def test_drawn_list_is_read_and_damaged_one_refused(seed):
    assert fault_of(drawn(seed)) == ""
    assert fault_of(damaged(seed)) == ""
