"""Facts counted from the register: how a pack declares them, and what its author got wrong."""

import pytest
from dated_pack import PACK, dated

from scoring.authoring.format import format_file
from scoring.authoring.prose import markdown
from scoring.authoring.regulation import regulation_of
from scoring.comparing.changes import rule_changes
from scoring.facts import FromRegister
from scoring.problems import PackError

TIEN = "  tien: {type: integer, min: 0, unit: đồng, label: Tiền thưởng}\n"


def with_fact(text):
    return dated((TIEN, f"{TIEN}  so: {{{text}}}\n"))


COUNT = "type: integer, label: Số mô hình, register: {whose: unit, seasons: earlier, level: [tinh]}"


def test_declaration_is_read_and_nobody_is_asked():
    fact = with_fact(COUNT).facts["so"]

    assert fact.register == FromRegister(whose="unit", seasons="earlier", levels=("tinh",))
    assert (fact.ask, fact.entry, fact.optional) == ("register", "", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            (
                "type: integer, label: A, register: {whose: members, seasons: same-year, "
                "selection: cong-nhan, grade: [tot, xs], field: [kinh-te], kind: [tap-the]}"
            ),
            (
                "số hồ sơ do chính hồ sơ này đăng ký với tư cách đơn vị ở các đợt khác cùng năm, "
                "được chọn ở lượt cong-nhan, xếp loại tot hoặc xs, lĩnh vực kinh-te, loại hình tap-the"
            ),
        ),
        (
            (
                "type: choice, label: A, choices: {tot: Tốt}, "
                "register: {take: grade, whose: self, seasons: previous-year}"
            ),
            "mức xếp loại gần nhất của chính mô hình này ở các đợt năm trước",
        ),
    ],
)
def test_declaration_is_told_in_the_regulation(text, said):
    pack = with_fact(text)

    assert pack.facts["so"].register.words == said
    assert f"Máy lấy từ sổ: {said} |" in markdown(regulation_of(pack, {"pack.yaml": PACK}))


@pytest.mark.parametrize(
    ("text", "place", "code", "said"),
    [
        (f"{COUNT}, ask: report", "report", "register", "thì không có ask."),
        (f"{COUNT}, entry: unit", "unit}", "register", "thì không có entry."),
        (f"{COUNT}, evidence: required", "required", "register", "thì không có evidence."),
        (COUNT.replace("integer", "decimal"), "decimal", "register", "cần type: integer"),
        (COUNT.replace("{whose", "{take: grade, whose"), "integer", "register", "type: choice"),
        (
            (
                "type: choice, choices: {a: A}, label: B, "
                "register: {take: grade, whose: unit, seasons: earlier}"
            ),
            "{take",
            "register",
            "chỉ lấy được mức của chính mô hình này",
        ),
        (COUNT.replace("whose: unit", "whose: ai"), "ai,", "bad-choice", "Chọn một trong: unit"),
        (COUNT.replace("seasons: earlier, ", ""), "{whose", "missing-key", "khóa “seasons”"),
        (COUNT.replace("level", "levl"), "levl", "unknown-key", "Ý bạn là “level”?"),
    ],
)
def test_fault_in_a_declaration_is_told_at_its_place(text, place, code, said):
    with pytest.raises(PackError) as refused:
        with_fact(text)

    problem = refused.value.problems[0]
    assert (problem.place.line, problem.code) == (8, code), str(problem)
    assert said in str(problem)
    assert problem.place.column == f"  so: {{{text}}}".rindex(place) + 1, str(problem)


def test_change_of_what_is_counted_is_a_change_of_rules():
    [change] = rule_changes(with_fact(COUNT), with_fact(COUNT.replace("earlier", "previous-year")))

    said = "số hồ sơ của cùng đơn vị ở {}, cấp tinh"
    before, after = said.format("các đợt những năm trước"), said.format("các đợt năm trước")
    told = f"số liệu so: lấy từ sổ: {before} → lấy từ sổ: {after}"
    assert (change.wording, change.text()) == (False, told)


def test_declaration_stands_on_the_line_of_its_fact():
    text = PACK.replace(TIEN, f"{TIEN}  so: {{register: {{seasons: earlier, whose: unit}}, type: integer, label: A}}\n")  # fmt: skip

    laid = format_file(text, file="pack.yaml", name="p")

    assert "  so: {type: integer, label: A, register: {whose: unit, seasons: earlier}}\n" in laid
