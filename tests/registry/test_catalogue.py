"""The catalogue: fields, levels, kinds, and how units write them."""

import shutil

import pytest

from registry.catalogue import nearest_term, read_catalogue
from registry.rulebook import RULES_DIR, list_packs
from scoring.problems import PackError

FOLDER = RULES_DIR / "catalogue"


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "catalogue")


def test_catalogue_words_terms_as_the_register_does():
    catalogue = read_catalogue(FOLDER)

    assert {term.id: (term.label, term.maps_to) for term in catalogue.fields} == {
        "kinh-te": ("Kinh tế", "kinh-te"),
        "van-hoa-xa-hoi": ("Văn hóa - xã hội và chỉnh trang đô thị", "van-hoa-xa-hoi"),
        "an-ninh-quoc-phong": ("An ninh - quốc phòng", "quoc-phong-an-ninh"),
        "xay-dung-dang-chinh-quyen": ("Xây dựng Đảng, xây dựng chính quyền", "he-thong-chinh-tri"),
    }
    assert [(term.id, term.label) for term in catalogue.levels] == [
        ("tinh", "Cấp tỉnh"),
        ("thi-xa", "Cấp thị xã"),
    ]
    assert [(term.id, term.label) for term in catalogue.kinds] == [
        ("tap-the", "Tập thể"),
        ("ca-nhan", "Cá nhân"),
        ("tu-quan", "Mô hình tự quản"),
    ]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("KT", "kinh-te"),
        ("Phát triển kinh tế", "kinh-te"),
        ("kinh te", "kinh-te"),
        ("VHXH", "van-hoa-xa-hoi"),
        ("VH-XH, CTĐT", "van-hoa-xa-hoi"),
        ("Văn hoá xã hội", "van-hoa-xa-hoi"),
        ("VĂN HÓA – XÃ HỘI VÀ CHỈNH TRANG ĐÔ THỊ", "van-hoa-xa-hoi"),
        ("ANQP", "an-ninh-quoc-phong"),
        ("QP-AN", "an-ninh-quoc-phong"),
        ("XD Đảng, CQ", "xay-dung-dang-chinh-quyen"),
        ("Xây dựng HTCT", "xay-dung-dang-chinh-quyen"),
        ("xay-dung-dang-chinh-quyen", "xay-dung-dang-chinh-quyen"),
    ],
)
def test_field_is_found_however_a_unit_writes_it(written, field):
    assert read_catalogue(FOLDER).find_field(written).id == field


def test_levels_and_kinds_are_found_by_alias():
    catalogue = read_catalogue(FOLDER)

    assert [catalogue.find_level(text).id for text in ("TX", "Thị xã", "cấp tỉnh", "Tỉnh")] == [
        "thi-xa",
        "thi-xa",
        "tinh",
        "tinh",
    ]
    assert catalogue.find_kind("tự quản").id == "tu-quan"


def test_unknown_and_empty_text_find_nothing():
    catalogue = read_catalogue(FOLDER)

    assert catalogue.find_field("Nông nghiệp công nghệ") is None
    assert catalogue.find_field(" – ") is None
    assert nearest_term(catalogue.fields, "Nông nghiệp công nghệ") is None
    assert nearest_term(catalogue.fields, "Kinh té xx").id == "kinh-te"


def test_label_of_a_dropped_term_is_its_id():
    catalogue = read_catalogue(FOLDER)

    assert (catalogue.label_of("tinh"), catalogue.label_of("cap-huyen")) == (
        "Cấp tỉnh",
        "cap-huyen",
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("terms: []", "catalogue/kinds.yaml:1:8", "“terms” phải là một danh sách."),
        ("terms: tap-the", "catalogue/kinds.yaml:1:8", "“terms” phải là một danh sách."),
        ("- tap-the", "catalogue/kinds.yaml:1:1", "Tệp danh mục phải có đúng “terms:”."),
        (
            "terms:\n  - {id: a, label: A, alias: [B]}",
            "catalogue/kinds.yaml:2:5",
            "Không có khóa “alias”.",
        ),
        (
            "terms:\n  - {id: Tập thể, label: A}",
            "catalogue/kinds.yaml:2:5",
            "id “Tập thể” phải là chữ-không-dấu.",
        ),
        (
            "terms:\n  - {id: a, label: Tổ}\n  - {id: b, label: B, aliases: [tô]}",
            "catalogue/kinds.yaml:3:5",
            "“to” thuộc cả a lẫn b.",
        ),
        (
            "terms:\n  - {id: a, label: 12}",
            "catalogue/kinds.yaml:2:5",
            "id, label, maps_to và từng mục của aliases phải là chữ.",
        ),
    ],
)
def test_faulty_catalogue_names_the_place(copy, text, place, message):
    (copy / "kinds.yaml").write_text(text, "utf-8")

    with pytest.raises(PackError) as refused:
        read_catalogue(copy)

    assert [(str(p.place), p.message) for p in refused.value.problems] == [(place, message)]


def test_every_file_is_checked_before_refusing(copy):
    (copy / "kinds.yaml").write_text("terms: []", "utf-8")
    (copy / "fields.yaml").write_text(
        "national: [{id: a, label: A}]\nterms: [{id: x, label: X, maps_to: b}]", "utf-8"
    )

    with pytest.raises(PackError) as refused:
        read_catalogue(copy)

    assert [str(p.place) for p in refused.value.problems] == [
        "catalogue/fields.yaml:2:36",
        "catalogue/kinds.yaml:1:8",
    ]


def test_every_pack_may_tell_the_fields_of_the_catalogue_apart():
    fields = {term.id for term in read_catalogue(FOLDER).fields}

    for pack in list_packs(RULES_DIR):
        for fact in pack.facts.values():
            assert set(fact.choices) == fields or fact.entry != "field"
