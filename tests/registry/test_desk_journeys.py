"""Any order of asks: what may be done is done and logged once, what may not leaves no trace."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from small_season import PACK_DIR, REPORTED, decided, desk_at, take_in, with_cell, workbook

from registry.errors import RegistryError
from registry.lifecycle import MOVES, SeasonAction
from registry.season import SeasonState

BOOKS = {
    households: workbook(reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", households))
    for households in (60, 86, 97)
}


class Season(RuleBasedStateMachine):
    """A season as a secretary might treat it, beside a model of what should come of it."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "sổ.db"
        self.desk = desk_at(self.path)
        self.desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
        self.state, self.held, self.scored_on, self.lines = SeasonState.OPEN, None, None, 1
        # Most orders of asks would never come this far by chance.
        self.intake(86)
        self.pin()
        self.score()

    def teardown(self):
        shutil.rmtree(self.folder)

    def ask(self, action, deed, *, refused=False):
        """Do *deed*; it succeeds just when the table of moves and the model allow it."""
        allowed = (self.state, action) in MOVES and not refused
        before = self.path.read_bytes()
        if allowed:
            deed()
            self.state, self.lines = MOVES[self.state, action], self.lines + 1
        else:
            with pytest.raises(RegistryError):
                deed()
            assert self.path.read_bytes() == before
        return allowed

    @rule(households=st.sampled_from(sorted(BOOKS)))
    def intake(self, households):
        same = self.held == households
        if self.ask(
            SeasonAction.INTAKE, lambda: take_in(self.desk, BOOKS[households]), refused=same
        ):
            self.held = households

    @rule()
    @precondition(lambda self: self.state is not SeasonState.PINNED)
    def pin(self):
        self.ask(SeasonAction.PIN, lambda: self.desk.pin_pack("hl", PACK_DIR))

    @rule()
    def score(self):
        if self.ask(SeasonAction.SCORE, lambda: self.desk.score("hl")):
            self.scored_on = self.held

    @rule(reason=st.sampled_from(["", "ghi sai tên"]))
    def decide(self, reason):
        again = self.state is SeasonState.DECIDED
        refused = (again and not reason) or self.scored_on != self.held
        self.ask(SeasonAction.DECIDE, lambda: decided(self.desk, reason=reason), refused=refused)

    @invariant()
    def season_is_what_the_model_says(self):
        funnel = self.desk.funnel("hl")
        assert funnel.season.state is self.state
        assert funnel.stale == (self.scored_on != self.held)

    @invariant()
    def record_verifies(self):
        report = self.desk.verify("hl")
        assert (report.problems, report.audit_lines) == ((), self.lines)


Season.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestSeason = pytest.mark.slow(Season.TestCase)
