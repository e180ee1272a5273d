"""One piece of work: all of it or nothing, never without its audit line; values kept exactly."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from small_season import Clock

from registry.audit import Event, EventKind, verify_chain
from registry.entry import Entry
from registry.season import Season
from registry.store import entries, log, seasons
from registry.store.elsewhere import EntryChangedElsewhere, SavedElsewhere
from registry.store.exact import Day, ExactDecimal, Instant, JsonText
from registry.store.seasons import SeasonChangedElsewhere
from registry.store.work import open_store

SEASON = Season(id="hl", title="Hồng Lĩnh 2018", year=2018)
ENTRY = Entry(
    code="HL-001",
    season="hl",
    name="Đường hoa",
    unit="Phường Bắc Hồng",
    field="kinh-te",
    level="tinh",
    kind="tap-the",
)
OPENED = Event(EventKind.SEASON_OPENED, "hl", {"title": "Hồng Lĩnh 2018"})
PRINTED = Event(EventKind.PAPER_PRINTED, "hl", {"paper": "danh sách"})


class Interrupted(Exception):
    pass


@pytest.fixture
def store(path):
    return opened(path)


def opened(where):
    store = open_store(where)
    with store.work(officer="Hà", clock=Clock()) as job:
        seasons.add(job.connection, SEASON)
        entries.add_all(job.connection, [ENTRY])
        job.note(OPENED)
    return store


def told(store):
    with store.read() as connection:
        return log.list_lines(connection)


def test_work_commits_with_its_audit_line(store):
    (line,) = told(store)

    assert (line.seq, line.officer, line.season, line.event) == (1, "Hà", "hl", "season-opened")
    assert line.at == dt.datetime(2018, 12, 1, 1, 1, tzinfo=dt.UTC)


def test_interrupted_work_leaves_no_trace(store):
    def interrupted_after_writing():
        with store.work(officer="Hà", clock=Clock()) as job:
            seasons.save(job.connection, replace(SEASON, title="Tên khác"))
            job.note(PRINTED)
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted_after_writing()

    with store.read() as connection:
        assert seasons.find(connection, "hl") == SEASON
    assert len(told(store)) == 1


def test_work_that_notes_nothing_is_a_fault_and_leaves_no_trace(store):
    with pytest.raises(AssertionError, match="without noting"):  # noqa: SIM117
        with store.work(officer="Hà", clock=Clock()) as job:
            seasons.save(job.connection, replace(SEASON, title="Tên khác"))

    with store.read() as connection:
        assert seasons.find(connection, "hl") == SEASON


def test_lines_of_later_work_continue_the_chain(store):
    for officer in ("Nam", "Hà"):
        with store.work(officer=officer, clock=Clock()) as job:
            job.note(PRINTED)
            job.note(PRINTED)

    lines = told(store)
    assert [(line.seq, line.officer) for line in lines] == [
        (1, "Hà"),
        (2, "Nam"),
        (3, "Nam"),
        (4, "Hà"),
        (5, "Hà"),
    ]
    assert verify_chain(lines) is None


def test_season_saved_since_it_was_read_is_refused(store):
    with store.work(officer="Hà", clock=Clock()) as job:
        assert seasons.save(job.connection, SEASON) == replace(SEASON, revision=1)
        job.note(PRINTED)

    with pytest.raises(SeasonChangedElsewhere, match="vừa được người khác sửa"):  # noqa: SIM117
        with store.work(officer="Nam", clock=Clock()) as job:
            seasons.save(job.connection, SEASON)


def test_entry_saved_since_it_was_read_is_refused(store):
    with store.work(officer="Hà", clock=Clock()) as job:
        renamed = entries.save(job.connection, replace(ENTRY, name="Đường cờ"))
        job.note(PRINTED)
    with pytest.raises(EntryChangedElsewhere):  # noqa: SIM117
        with store.work(officer="Nam", clock=Clock()) as job:
            entries.save(job.connection, replace(ENTRY, name="Đường điện"))

    with store.read() as connection:
        assert entries.find(connection, "HL-001") == renamed
        assert renamed == replace(ENTRY, name="Đường cờ", revision=1)


def test_second_to_save_an_entry_is_told_who_saved_and_what(where):
    store = opened(where)
    for officer, changed in (("Hà", {"name": "Đường cờ"}), ("Lan", {"person": "Ý", "unit": "B"})):
        with store.read() as connection:
            read = entries.find(connection, "HL-001")
        with store.work(officer=officer, clock=Clock()) as job:
            entries.save(job.connection, replace(read, **changed))
            job.note(PRINTED)

    with pytest.raises(EntryChangedElsewhere) as refused:  # noqa: SIM117
        with store.work(officer="Nam", clock=Clock()) as job:
            entries.save(job.connection, replace(ENTRY, name="Đường điện"))
    store.close()

    at = dt.datetime(2018, 12, 1, 1, 1, tzinfo=dt.UTC)
    assert refused.value.saved == (
        SavedElsewhere(officer="Hà", at=at, columns=("name",)),
        SavedElsewhere(officer="Lan", at=at, columns=("unit", "person")),
    )
    when = f"{at.astimezone():%H:%M ngày %d/%m/%Y}"
    assert refused.value.message == (
        f"HL-001 vừa được Hà sửa tên mô hình lúc {when}; "
        f"vừa được Lan sửa đơn vị, người phụ trách lúc {when}. Lần này chưa ghi gì."
    )


def test_saved_entry_is_found_by_its_new_words(store):
    with store.work(officer="Hà", clock=Clock()) as job:
        entries.save(job.connection, replace(ENTRY, name="Thắp sáng đường quê"))
        job.note(PRINTED)

    with store.read() as connection:
        found = [entries.list_found(connection, season="hl", text=t) for t in ("que", "hoa")]
    assert [len(listed) for listed in found] == [1, 0]


# Exact values -----------------------------------------------------------------------------------


def there_and_back(kind, value):
    dialect = sa.create_engine("sqlite://").dialect
    return kind.process_result_value(kind.process_bind_param(value, dialect), dialect)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_come_back_exactly(value):
    assert there_and_back(ExactDecimal(), value) == value


def test_decimal_keeps_its_places():
    assert str(there_and_back(ExactDecimal(), Decimal("8.50"))) == "8.50"


@given(st.dates())
def test_days_come_back_exactly(value):
    assert there_and_back(Day(), value) == value


@given(
    st.datetimes(
        min_value=dt.datetime(1000, 1, 2),  # noqa: DTZ001 (its zone is drawn)
        max_value=dt.datetime(9999, 12, 30),  # noqa: DTZ001
        timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=7))]),
    )
)
def test_instants_come_back_exactly_in_universal_time(value):
    back = there_and_back(Instant(), value)

    assert (back, back.tzinfo) == (value, dt.UTC)


def test_instant_without_a_zone_is_a_fault():
    with pytest.raises(ValueError, match="time zone"):
        there_and_back(Instant(), dt.datetime(2018, 1, 1))  # noqa: DTZ001


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())))
def test_lists_and_mappings_come_back_exactly(value):
    assert there_and_back(JsonText(), value) == value
