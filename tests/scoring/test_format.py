"""The canonical layout: order, width, quotes, blank lines, comments; what it refuses to touch."""

import pytest
from small_pack import PACK

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.authoring.format import format_file, format_files
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.source import read_source

FOLDERS = sorted(file.parent for file in RULES_DIR.glob("*/pack.yaml"))


def laid_out(text, file="pack.yaml"):
    return format_file(text, file=file, name="nho")


UNTIDY = """\
# đầu tệp

# ngay trên tên
title: "Một"   # cạnh tên
# trên mã
id: x
version: 1.0.0
note: >
  Một đoạn
  hai dòng # không phải chú thích

  đoạn hai
effective: # cạnh hiệu lực
  from: 2018-01-01
  # cuối hiệu lực
# trên căn cứ
basis: [{document: a # trong ngoặc
  }, {document: "b, c", url: 'http://x#y'}]   # sau ngoặc
facts: {a: {label: A, type: integer}, # cạnh a
  # riêng một dòng
  b: {type: text, label: B}
  # cuối ngoặc
  }



criteria:
  -   # sau gạch
    id: I
    # giữa
    label: |  # trên đầu khối
      dòng một
        dòng hai

    max: 10   # mười
    points: # trước giá trị
      3
  # cuối I

  - {id: II, label: Hai, points: 1}  # hai

  # cuối tiêu chí
    # sâu hơn
grades:
- {id: d, label: "1"}
ranking: {among: [d, # trước
   e], order: [total]}
# hết
"""

TIDY = """\
# đầu tệp

# ngay trên tên
# trên mã
id: x
version: 1.0.0
title: Một  # cạnh tên
note: >
  Một đoạn hai dòng # không phải chú thích

  đoạn hai
# trên căn cứ
basis:  # sau ngoặc
  - document: a  # trong ngoặc
  - {document: "b, c", url: http://x#y}
effective:  # cạnh hiệu lực
  from: 2018-01-01
  # cuối hiệu lực

facts:
  a: {type: integer, label: A}  # cạnh a
  # riêng một dòng
  b: {type: text, label: B}
  # cuối ngoặc

criteria:
  # sau gạch
  - id: I
    # giữa
    label: |  # trên đầu khối
      dòng một
        dòng hai

    max: 10  # mười
    points: 3  # trước giá trị
  # cuối I

  # hai
  - id: II
    label: Hai
    points: 1

  # cuối tiêu chí
  # sâu hơn

grades:
  - {id: d, label: "1"}

ranking:
  among:
    - d  # trước
    - e
  order: [total]
# hết
"""


def test_untidy_file_becomes_the_tidy_one_with_every_comment_where_it_belongs():
    assert laid_out(UNTIDY) == TIDY


def test_tidy_file_stays_as_it_is():
    assert laid_out(TIDY) == TIDY


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shipped_pack_means_what_it_meant_and_keeps_every_comment(folder):
    files = read_pack_files(folder)
    done, problems = format_files(files, name=folder.name)

    assert problems == ()
    assert parse_pack(done, name="x").digest == parse_pack(files, name="x").digest
    assert [*parse_pack(done, name="x").facts] == [*parse_pack(files, name="x").facts]
    assert format_files(done, name=folder.name) == (done, ())


def test_the_pack_of_the_guide_is_laid_out_already():
    files = read_pack_files(RULES_DIR / "dan-van-kheo-minh-hoa")

    assert format_files(files, name="x") == (files, ())


def test_digest_of_a_pack_does_not_change():
    done = laid_out(PACK)

    assert done != PACK
    assert (
        parse_pack({"pack.yaml": done}, name="nho").digest
        == parse_pack({"pack.yaml": PACK}, name="nho").digest
    )


def test_order_of_facts_derived_values_and_choices_is_the_authors():
    text = "id: x\nfacts:\n  z: {type: text, label: Z}\n  a: {label: A, type: choice, choices: {y: Y, b: B}}\n"

    assert laid_out(text) == (
        "id: x\n\nfacts:\n  z: {type: text, label: Z}\n"
        "  a: {type: choice, label: A, choices: {y: Y, b: B}}\n"
    )


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ('"chữ thường"', "chữ thường"),
        ("'chữ thường'", "chữ thường"),
        ('"12"', '"12"'),
        ('"1.5"', '"1.5"'),
        ('"2018-01-01"', '"2018-01-01"'),
        ('"true"', '"true"'),
        ("'no'", '"no"'),
        ("no", '"no"'),
        ('"1.0.0"', "1.0.0"),
        ('"89,99 điểm"', "89,99 điểm"),
        ('"a: b"', '"a: b"'),
        ('"a #b"', '"a #b"'),
        ('"#b"', '"#b"'),
        ('"a:"', '"a:"'),
        ('"- a"', '"- a"'),
        ('"-a"', "-a"),
        ('""', '""'),
        ('" a "', '" a "'),
        ('"Mô hình \\"Dân vận khéo\\""', 'Mô hình "Dân vận khéo"'),
        ('"\\"Dân vận khéo\\": mẫu"', "'\"Dân vận khéo\": mẫu'"),
        ('"a\\tb"', '"a\\tb"'),
        ('"a\\nb"', "|-\n  a\n  b"),
        ("1.50", "1.50"),
        ("+3", "+3"),
        ("~", "null"),
        ("", "null"),
        ("2018-01-01", "2018-01-01"),
    ],
)
def test_quotes_stand_only_where_needed(written, tidy):
    assert laid_out(f"id: x\ntitle: {written}\n") == f"id: x\ntitle: {tidy}\n"


def test_values_between_braces_are_quoted_for_their_commas():
    text = "id: x\nfacts:\n  a:\n    type: text\n    label: Đối thoại, sinh hoạt\n"

    assert laid_out(text).splitlines()[-1] == '  a: {type: text, label: "Đối thoại, sinh hoạt"}'


@pytest.mark.parametrize("length", [60, 61])
def test_mapping_stands_on_one_line_of_a_hundred_columns_at_most(length):
    around = len("  a: {type: text, label: }")
    label = "x" * (100 - around + (length - 60))
    lines = laid_out(f"id: x\nfacts:\n  a: {{type: text, label: {label}}}\n").splitlines()[3:]

    flow = [f"  a: {{type: text, label: {label}}}"]
    block = ["  a:", "    type: text", f"    label: {label}"]
    assert lines == (flow if length == 60 else block)


def test_long_text_over_several_lines_is_folded_and_a_long_line_is_left():
    half = " ".join(["một hai ba"] * 7)
    several = laid_out(f"id: x\nnote: {half}\n  {half}\n").splitlines()

    assert several[1] == "note: >-"
    assert max(map(len, several)) <= 100
    assert " ".join(line.strip() for line in several[2:]) == f"{half} {half}"
    assert laid_out(f"id: x\nnote: {half} {half}\n") == f"id: x\nnote: {half} {half}\n"
    assert laid_out("id: x\nnote: một\n  hai\n") == "id: x\nnote: một hai\n"


def test_line_ends_and_the_end_of_the_file_are_put_right():
    assert laid_out("id: x\r\ntitle: Một\r\n\r\n\r\n") == "id: x\ntitle: Một\n"
    assert laid_out("id: x") == "id: x\n"


def test_language_server_line_stays_at_the_top():
    head = "# yaml-language-server: $schema=pack.schema.json\n"

    assert laid_out(f"{head}title: Một\nid: x\n") == f"{head}id: x\ntitle: Một\n"


def test_cases_are_laid_out_by_their_own_order():
    text = "cases:\n- expect: {II.2: 10}\n  given: {a: 1}\n  name: một\nbase: {a: 1}\n"

    assert laid_out(text, "tests/00.yaml") == (
        "base:\n  a: 1\n\ncases:\n  - {name: một, given: {a: 1}, expect: {II.2: 10}}\n"
    )


def test_unknown_keys_are_kept_after_the_known_ones():
    assert laid_out("lạ: 1\nid: x\n") == "id: x\n\nlạ: 1\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: [x\n", "yaml"),
        ("id: x\nid: y\n", "duplicate-key"),
        ("a: &b 1\n", "anchor"),
        ("a: !x 1\n", "tag"),
        ("- một\n", "bad-type"),
        ("", "bad-type"),
        ("một\n", "bad-type"),
    ],
)
def test_file_that_does_not_parse_is_refused_with_its_place(text, code):
    with pytest.raises(PackError) as caught:
        laid_out(text)

    assert [(one.code, one.place.file) for one in caught.value.problems] == [
        (code, "nho/pack.yaml")
    ]


def test_one_faulty_file_does_not_keep_the_others_from_being_laid_out():
    done, problems = format_files(
        {"pack.yaml": "id: [", "criteria/1.yaml": "criteria:\n- {id: I}\n"}, name="nho"
    )

    assert done == {"criteria/1.yaml": "criteria:\n  - id: I\n"}
    assert [problem.place.file for problem in problems] == ["nho/pack.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x''y: z'\n",
        'a: "x\\u0301 \\x41"\n',
        "a: |+\n  một\n\n\nb: 1\n",
        "a: |2\n    hai\n  một\n",
        "a: >\n   một\n     hai\n   ba\n",
        "a:\n  - - 1\n    - 2\n  - - 3\n",
        "a: [[1, 2], {b: [c, {d: e}]}]\n",
        "? a\n: b\n",
        "---\na: 1 # x\n...\n",
        "'a b': {'c: d': \"e, f\"}\n\"\": 1\n",
        "a:\n- b\n# x\n- c\n",
        "a: {\n  # trống\n  }\nb: [\n  # trống\n  ]\n",
    ],
)
def test_odd_but_valid_yaml_keeps_its_values(text):
    done = laid_out(text)

    assert read_source(done, file="x").value == read_source(text, file="x").value
    assert laid_out(done) == done


@pytest.mark.parametrize("text", ["", "# chỉ có chú thích\n", "{}\n", "[]\n", "một câu\n"])
def test_a_file_without_keys_is_left_as_it_is(text):
    done, problems = format_files({"pack.yaml": text}, name="nho")

    assert done == {}
    assert [(str(one.place), one.code) for one in problems] == [("nho/pack.yaml:1:1", "bad-type")]
