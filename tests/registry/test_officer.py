"""Roles: the whole table by unit, and the rules no role stands above."""

import pytest

from registry.officer import (
    ALLOWED,
    ROLE_LABELS,
    TASK_LABELS,
    Grant,
    Matter,
    Officer,
    Role,
    Task,
    is_last_administrator,
    may,
    who_may,
)

PROVINCE, COMMUNE, HAMLET, ELSEWHERE = 1, 2, 3, 4

# thư ký, thẩm định, ủy viên, chủ tịch, soạn quy tắc, quản trị, xem
TABLE = """
season-open      x . . x . . .
season-score     x x . . . . .
entry-read       x x x x x x x
entry-write      x . . . . . .
entry-appraise   . x . . . . .
entry-approve    . . . x . . .
council-mark     x . x x . . .
decision-record  x . . x . . .
paper-print      x . . x . . .
rules-write      . . . . x . .
rules-adopt      . . . x x . .
units-change     x . . . . x .
officers-change  . . . . . x .
audit-read       x x . x . x .
backup           . . . . . x .
"""


def officer(*grants, name="ha", is_active=True):
    return Officer(name=name, full_name="Hà", grants=grants, is_active=is_active)


def rows():
    for line in TABLE.split("\n")[1:-1]:
        task, *cells = line.split()
        yield from ((Task(task), role, cell == "x") for role, cell in zip(Role, cells, strict=True))


def test_every_role_and_task_has_its_place_and_its_label():
    assert set(ALLOWED) == set(TASK_LABELS) == set(Task)
    assert set(ROLE_LABELS) == set(Role)
    assert len(list(rows())) == len(Task) * len(Role)


@pytest.mark.parametrize(("task", "role", "allowed"), list(rows()))
def test_a_role_reaches_its_unit_and_below_and_nothing_else(task, role, allowed):
    given = officer(Grant(role=role, unit=COMMUNE))

    def can(*line):
        return may(given, task, Matter(line=line)) is None

    own = allowed and task is not Task.ENTRY_APPROVE  # nobody approves their own unit's
    assert can(COMMUNE, PROVINCE) is own
    assert can(HAMLET, COMMUNE, PROVINCE) is allowed
    assert not can(ELSEWHERE, PROVINCE)
    assert not can(PROVINCE)
    assert not can()
    assert (may(officer(Grant(role=role)), task) is None) is allowed


def test_a_refusal_names_the_role_and_the_unit_it_takes():
    secretary = officer(Grant(role=Role.SECRETARY, unit=COMMUNE))

    assert (
        may(secretary, Task.RULES_ADOPT, Matter(line=(COMMUNE,)))
        == "Việc ghim bộ quy tắc cần vai trò chủ tịch hội đồng hoặc người soạn quy tắc "
        "cho đơn vị này."
    )
    assert (
        may(secretary, Task.BACKUP)
        == "Việc sao lưu, khôi phục sổ cần vai trò quản trị cho toàn sổ."
    )


@pytest.mark.parametrize(
    ("matter", "reason"),
    [
        (Matter(line=(COMMUNE, PROVINCE), created_by="lan", appraised_by="minh"), None),
        (
            Matter(line=(COMMUNE, PROVINCE), created_by="lan", appraised_by="ha"),
            "Người đã thẩm định hồ sơ không công nhận hồ sơ ấy.",
        ),
        (
            Matter(line=(COMMUNE, PROVINCE), created_by="ha", appraised_by="minh"),
            "Người lập hồ sơ không công nhận hồ sơ ấy.",
        ),
        (
            Matter(line=(HAMLET, COMMUNE, PROVINCE), created_by="lan", appraised_by="minh"),
            "Không ai công nhận hồ sơ của chính đơn vị mình; cấp trên công nhận.",
        ),
    ],
)
def test_who_scored_made_or_belongs_to_it_does_not_approve(matter, reason):
    chair = officer(Grant(role=Role.CHAIR), Grant(role=Role.SECRETARY, unit=HAMLET))

    assert may(chair, Task.ENTRY_APPROVE, matter) == reason


def test_an_author_adopts_alone_only_where_nobody_else_can():
    author = officer(Grant(role=Role.AUTHOR))
    alone = Matter(authors=frozenset({"ha"}))
    with_another = Matter(authors=frozenset({"ha"}), has_another_adopter=True)

    assert may(author, Task.RULES_ADOPT, alone) is None
    assert (
        may(author, Task.RULES_ADOPT, with_another)
        == "Người soạn bộ quy tắc không tự ghim khi có người khác ghim được."
    )


def test_an_inactive_officer_may_nothing():
    gone = officer(*(Grant(role=role) for role in Role), is_active=False)

    assert {may(gone, task) for task in Task} == {"Cán bộ ha đã ngừng hoạt động trong sổ."}


def test_those_who_may_are_named_and_the_last_administrator_is_known():
    ha = officer(Grant(role=Role.ADMINISTRATOR), name="ha")
    minh = officer(Grant(role=Role.ADMINISTRATOR), name="minh")
    gone = officer(Grant(role=Role.ADMINISTRATOR), name="lan", is_active=False)
    local = officer(Grant(role=Role.ADMINISTRATOR, unit=COMMUNE), name="tam")

    assert who_may((ha, minh, gone, local), Task.OFFICERS_CHANGE) == (ha, minh)
    assert is_last_administrator(ha, (ha, gone, local))
    assert not is_last_administrator(ha, (ha, minh))
    assert not is_last_administrator(local, (ha, local))
