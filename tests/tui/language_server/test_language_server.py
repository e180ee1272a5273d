"""``dvk rules lsp`` as an editor meets it: a process of its own, spoken to by a real client."""

import shutil
import subprocess
import sys

import pytest
from editor import ROOT, Editor
from lsprotocol import types

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

ND_307 = ROOT / "rules" / "nd-307-2025-phan-loai"


# Faults -----------------------------------------------------------------------------------------


async def test_unsaved_text_counts_and_mended_faults_go_away(editor):
    editor.open("pack.yaml")
    await editor.until({})
    editor.replace("pack.yaml", "so_ngay <= 10", "so_ngai <= 10")
    await editor.until({"pack.yaml": ["name"]})
    (found,) = editor.shown["pack.yaml"]

    assert (found.message, found.severity, found.source) == (
        "Không có số liệu “so_ngai”.\n→ Ý bạn là “so_ngay”?",
        types.DiagnosticSeverity.Error,
        "dvk",
    )
    assert editor.underlined("pack.yaml") == ["so_ngai"]  # behind a sign of two UTF-16 units
    assert "so_ngai" not in (editor.folder / "pack.yaml").read_text(encoding="utf-8")

    editor.replace("pack.yaml", "so_ngai <= 10", "so_ngay <= 10")
    await editor.until({})


async def test_columns_are_those_the_editor_agreed_on(folder):
    editor = Editor(folder)
    answer = await editor.start("rules", "lsp", encodings=["utf-8"])
    editor.open("pack.yaml")
    editor.replace("pack.yaml", "so_ngay <= 10", "so_ngai <= 10")
    await editor.until({"pack.yaml": ["name"]})
    line = editor.texts["pack.yaml"].split("\n")[editor.shown["pack.yaml"][0].range.start.line]
    at = editor.shown["pack.yaml"][0].range
    await editor.stop()

    assert answer.capabilities.position_encoding == "utf-8"
    assert line.encode()[at.start.character : at.end.character] == b"so_ngai"


async def test_an_edit_shows_its_faults_in_files_that_are_not_open(editor):
    editor.open("pack.yaml")
    await editor.until({})
    editor.replace("pack.yaml", "  so_tuan:\n", "  so_tuan_muon:\n")
    await editor.until({"criteria/10.yaml": ["name"]})
    editor.replace("pack.yaml", "  so_tuan_muon:\n", "  so_tuan:\n")
    await editor.until({})
    editor.replace(
        "pack.yaml",
        "so_ngay: {type: integer, min: 0, max: 60",
        "so_ngay: {type: integer, min: 0, max: 6",
    )
    await editor.until({"pack.yaml": ["always-true"], "tests/00.yaml": ["fact"]})


async def test_doubts_are_warnings(editor):
    editor.open("criteria/10.yaml")
    await editor.until({})
    editor.replace("criteria/10.yaml", "{above: 5, points: 0}", "{from: 5, points: 0}")
    await editor.until({"criteria/10.yaml": ["tier-overlap"]})
    (found,) = editor.shown["criteria/10.yaml"]

    assert found.severity == types.DiagnosticSeverity.Warning


async def test_closing_without_saving_goes_back_to_the_file(editor):
    editor.open("tests/00.yaml")
    await editor.until({})
    editor.replace("tests/00.yaml", "so_ngay: 8", "so_ngay: tám")
    await editor.until({"tests/00.yaml": ["fact"]})
    assert editor.underlined("tests/00.yaml") == ["tám"]
    editor.close("tests/00.yaml")
    await editor.until({})


async def test_garbage_is_underlined_and_never_the_end(editor):
    editor.open("pack.yaml")
    for text in (
        "",
        "\x00\x01",
        "{" * 5000,
        "- " * 3000,
        "id: [",
        "a: 'b\nfacts: {x: {type",
        "\ud83d\ude00: \u2028 😀: {",
        "facts: 12\ncriteria: {a: 1}\nderived: [1]\ngrades: x\npeers: null\n",
        "&a *a !!x",
        "id: " + "(" * 20000,
    ):
        editor.write("pack.yaml", text)
        spot = types.Position(0, min(len(text), 7))
        document = types.TextDocumentIdentifier(editor.uri("pack.yaml"))
        await editor.client.text_document_completion_async(types.CompletionParams(document, spot))
        await editor.client.text_document_hover_async(types.HoverParams(document, spot))
        await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(document)
        )
    editor.write("pack.yaml", (editor.folder / "pack.yaml").read_text(encoding="utf-8"))
    await editor.until({})


async def test_a_file_that_is_not_utf8_is_named(editor):
    (editor.folder / "criteria/10.yaml").write_bytes("criteria: [Đúng]".encode("utf-16"))
    editor.open("pack.yaml")
    await editor.until({"criteria/10.yaml": ["encoding"]})


async def test_other_yaml_is_left_alone(editor):
    other = editor.folder / "khác"
    (other / "tests").mkdir(parents=True)
    editor.open("khác/tests/a.yaml", "a: [")
    assert await editor.complete("khác/tests/a.yaml", "a: [") == {}
    editor.open("pack.yaml")
    await editor.until({})
    assert "khác/tests/a.yaml" not in editor.shown


async def test_a_new_pack_shows_faults_before_it_is_saved(editor):
    (editor.folder / "mới").mkdir()
    editor.open("mới/pack.yaml", "id: moi\nfacts: {}\n")
    await editor.once(lambda: "mới/pack.yaml" in editor.shown)

    assert "missing-key" in editor.codes()["mới/pack.yaml"]


# Meanings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "value: so_",
            "ngay / 7",
            "**Số ngày muộn**\n\nSố liệu `so_ngay` · số nguyên · ngày  \nNhận từ 0 đến 60  \nAi ghi: báo cáo",
        ),
        (
            "days_between(han",
            "_nop",
            "**hạn nộp**\n\nHằng số `han_nop`  \nGiá trị: **30/11/2018**  \nCăn cứ: Điều 1 khoản 3",
        ),
        (
            "max(days_",
            "between",
            "```\ndays_between(a: ngày, b: ngày) → số\n```\nsố ngày từ a đến b",
        ),
        (
            "total >= 3 and ",
            "I >= 2",
            "**Đúng hạn**\n\nTiêu chí `I`  \nTối đa 4 điểm  \nCăn cứ: Điều 2",
        ),
        ('"khien', '-trach"', "**Khiển trách**\n\nlựa chọn `khien-trach` của `ky_luat` (Kỷ luật)"),
        ("at_m", "ost: dat", "`at_most` · Cao nhất là mức này."),
        ("ran", "king:", "`ranking` · Xếp hạng: ai được xếp và so bằng gì."),
        ("title: Bộ", " quy tắc nhỏ", None),
    ],
)
async def test_hover_says_what_a_word_means(editor, before, after, said):
    editor.open("pack.yaml")

    assert await editor.hover("pack.yaml", before, after) == said


async def test_hover_across_files_and_on_keys_of_cases(editor):
    editor.open("criteria/10.yaml")
    editor.open("tests/00.yaml")

    assert await editor.hover("criteria/10.yaml", "of: so", "_tuan") == (
        "**Số tuần muộn**\n\nSố tính được `so_tuan` · tuần  \n"
        "= `so_ngay / 7 + max(days_between(han_nop, ngay_nop), 0)`"
    )
    assert await editor.hover("criteria/10.yaml", "ti", "ers:") == (
        "`tiers` · Bậc: mỗi khoảng một mức điểm."
    )
    assert (await editor.hover("tests/00.yaml", "expect: {", "I: 4")).startswith("**Đúng hạn**")
    assert (await editor.hover("tests/00.yaml", "given: {so", "_ngay")).startswith("**Số ngày")


def _register(folder, pack):
    """A season with the facts of Hồng Lĩnh under the pack of the house."""
    db = folder / "sổ.db"
    for words in (
        ("season", "open", "hl", "--title", "Hồng Lĩnh", "--year", "2018"),
        ("intake", "apply", "examples/hong-linh-2018.xlsx", "--season", "hl", "--yes"),
        ("season", "pin", "hl", str(pack)),
    ):
        subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "tui", "--db", db, *words],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    return db


async def test_hover_shows_what_a_season_has(tmp_path):
    pack = ROOT / "rules" / "dan-van-kheo-minh-hoa"
    editor = Editor(pack)
    await editor.start("--db", str(_register(tmp_path, pack)), "rules", "lsp", "--season", "hl")
    editor.open("pack.yaml")
    number = await editor.hover("pack.yaml", "  so_ho_dia", "_ban:")
    choice = await editor.hover("pack.yaml", "  cap_dua_", "tin:")
    derived = await editor.hover("pack.yaml", "  so_thang_duy", "_tri:")
    await editor.stop()

    assert number.split("  \n")[-1] == (
        "Đợt hl: 112/112 hồ sơ có; thấp nhất 40 hộ, trung vị 184 hộ, cao nhất 319 hộ"
    )
    assert choice.split("  \n")[-1] == (
        "Đợt hl: 112/112 hồ sơ có; Cấp huyện 49, Không 48, Cấp tỉnh 15"
    )
    assert derived.split("  \n")[-1] == (
        "Đợt hl: 112/112 hồ sơ có; thấp nhất 8 tháng, trung vị 19 tháng, cao nhất 47 tháng"
    )


# What may be written ----------------------------------------------------------------------------


async def test_names_are_offered_inside_a_half_typed_expression(editor):
    editor.open("pack.yaml")
    await editor.until({})
    editor.replace("pack.yaml", '"so_ngay <= 10", basis: Điều 1}', '"so_ng')
    await editor.until({"pack.yaml": ["yaml"]})
    found = await editor.complete("pack.yaml", 'require: "so_ng')

    assert [*found][:5] == ["so_ngay", "ngay_nop", "ky_luat", "han_nop", "so_tuan"]
    assert found["so_tuan"] == "Số tuần muộn"
    assert found["months_between"] == "months_between(a: ngày, b: ngày) → số"
    assert "total" not in found  # scores are not known yet where gates are looked at
    assert "total" in await editor.complete("pack.yaml", "when: tot", "al >= 3")


async def test_keys_of_the_place_are_offered_but_not_twice(editor):
    editor.open("criteria/10.yaml")
    editor.write("criteria/10.yaml", editor.texts["criteria/10.yaml"] + "    no\n")
    found = await editor.complete("criteria/10.yaml", "    no\n"[:-1], "\n")

    assert "not_applicable" in found
    assert found["note"] == "Ghi chú"
    assert not {"id", "label", "max", "tiers"} & set(found)
    assert [*await editor.complete("criteria/10.yaml", "{above: 5, ", "points: 0}")] == [
        "from",
        "below",
        "to",
        "points",  # being written
    ]


@pytest.mark.parametrize(
    ("old", "new", "offered"),
    [
        ("at_most: dat", "at_most: ", {"tot": "Tốt", "dat": "Đạt"}),
        ("from: [tot]", "from: [", {"tot": "Tốt", "dat": "Đạt"}),
        ("then: vote", "then: ", {"vote": "bỏ phiếu", "chair": "người chủ trì quyết định"}),
        ('"khien-trach"', '"', {"khong": "Không", "khien-trach": "Khiển trách"}),
        (
            "quotas: [{most: 3}]",
            "quotas: [{per: ",
            {
                "so_ngay": "Số ngày muộn",
                "ngay_nop": "Ngày nộp",
                "ky_luat": "Kỷ luật",
            },
        ),
        ("label: Tốt", "label: T", {}),
    ],
)
async def test_allowed_words_are_offered(editor, old, new, offered):
    editor.open("pack.yaml")
    text = editor.texts["pack.yaml"]
    editor.write("pack.yaml", text[: text.index(old)] + new)
    found = await editor.complete("pack.yaml", editor.texts["pack.yaml"][-40:])

    assert found == offered


async def test_taking_an_offer_replaces_what_was_typed(editor):
    editor.open("pack.yaml")
    editor.replace("pack.yaml", "so_ngay <= 10", "so_ngay <= 10 and 😀 so_tu")
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(**editor.spot("pack.yaml", "😀 so_tu"))
    )
    (edit,) = [one.text_edit for one in found if one.label == "so_tuan"]

    assert (editor.cut("pack.yaml", edit.range), edit.new_text) == ("so_tu", "so_tuan")


# Places -----------------------------------------------------------------------------------------


async def test_definition_goes_to_the_declaration_in_any_file(editor):
    editor.open("pack.yaml")
    editor.open("criteria/10.yaml")
    editor.open("tests/00.yaml")

    assert await editor.definition("criteria/10.yaml", "of: so", "_tuan") == (
        "pack.yaml:13",
        "so_tuan",
    )
    assert await editor.definition("pack.yaml", "and ", "I >= 2") == ("criteria/10.yaml:2", "I")
    assert await editor.definition("tests/00.yaml", "given: {so_", "ngay") == (
        "pack.yaml:7",
        "so_ngay",
    )
    assert await editor.definition("tests/00.yaml", "grade: ", "tot") == ("pack.yaml:20", "tot")
    assert await editor.definition("pack.yaml", "th", "en: vote") is None


async def test_references_are_found_in_every_file(editor):
    editor.open("pack.yaml")
    found = await editor.client.text_document_references_async(
        types.ReferenceParams(
            context=types.ReferenceContext(include_declaration=False),
            **editor.spot("pack.yaml", "  so_", "ngay:"),
        )
    )

    assert [editor._where(one) for one in found] == [
        ("pack.yaml:16", "so_ngay"),
        ("pack.yaml:18", "so_ngay"),
        ("tests/00.yaml:1", "so_ngay"),
        ("tests/00.yaml:4", "so_ngay"),
    ]


async def test_outline_names_everything_declared(editor):
    editor.open("pack.yaml")
    found = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(types.TextDocumentIdentifier(editor.uri("pack.yaml")))
    )

    assert [(one.name, one.detail) for one in found] == [
        ("so_ngay", "Số ngày muộn"),
        ("ngay_nop", "Ngày nộp"),
        ("ky_luat", "Kỷ luật"),
        ("han_nop", "hạn nộp"),
        ("so_tuan", "Số tuần muộn"),
        ("DK.1", "Không muộn quá 10 ngày 😀"),
        ("tot", "Tốt"),
        ("dat", "Đạt"),
        ("khen", "Khen"),
    ]


async def _actions(editor, file):
    lines = editor.texts[file].count("\n")
    return await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri(file)),
            types.Range(types.Position(0, 0), types.Position(lines, 0)),
            types.CodeActionContext([]),
        )
    )


async def test_a_misspelt_name_can_be_respelt(editor):
    editor.open("pack.yaml")
    editor.replace("pack.yaml", '"khien-trach"', '"khien-trah"')
    await editor.until({"pack.yaml": ["choice"]})
    (action,) = await _actions(editor, "pack.yaml")
    ((uri, (edit,)),) = action.edit.changes.items()

    assert action.title == "Sửa thành “khien-trach”"
    assert uri == editor.uri("pack.yaml")
    assert (editor.cut("pack.yaml", edit.range), edit.new_text) == (
        '"khien-trah"',
        '"khien-trach"',
    )


async def test_no_fix_is_offered_for_text_that_has_moved_on(editor):
    editor.open("pack.yaml")
    editor.replace("pack.yaml", '"khien-trach"', '"khien-trah"')
    await editor.until({"pack.yaml": ["choice"]})
    editor.replace("pack.yaml", "label: Bị khiển trách", "label: Bị phạt")
    assert len(await _actions(editor, "pack.yaml")) == 0
    await editor.once(lambda: editor.underlined("pack.yaml") == ['"khien-trah"'])
    assert len(await _actions(editor, "pack.yaml")) == 1


async def test_what_lint_mends_can_be_mended(editor):
    editor.open("criteria/10.yaml")
    await editor.until({})
    text = editor.texts["criteria/10.yaml"]
    lines = text.split("\n")
    lines[8], lines[9] = lines[9], lines[8]
    editor.write("criteria/10.yaml", "\n".join(lines))
    await editor.until({"criteria/10.yaml": ["tier-order"]})
    (action,) = await _actions(editor, "criteria/10.yaml")
    ((_, edits),) = action.edit.changes.items()
    for edit in sorted(edits, key=lambda one: one.range.start.line, reverse=True):
        lines = editor.texts["criteria/10.yaml"].split("\n")
        lines[edit.range.start.line : edit.range.end.line] = edit.new_text.split("\n")[:-1]
        editor.texts["criteria/10.yaml"] = "\n".join(lines)
    editor.write("criteria/10.yaml", editor.texts["criteria/10.yaml"])
    await editor.until({})


# How fast ---------------------------------------------------------------------------------------


async def test_faults_of_a_real_pack_are_there_within_seconds_of_an_edit(tmp_path):
    folder = tmp_path / ND_307.name
    shutil.copytree(ND_307, folder)
    editor = Editor(folder)
    await editor.start("rules", "lsp")
    editor.open("pack.yaml")
    await editor.until({})
    times = []
    for _ in range(3):
        editor.replace("pack.yaml", "  dan_so: {", "  dan_so_x: {")
        times.append(await editor.once(lambda: bool(editor.codes())))
        editor.replace("pack.yaml", "  dan_so_x: {", "  dan_so: {")
        times.append(await editor.until({}))
    await editor.stop()

    assert max(times) < 3, times  # about 0.4 alone on two cores; others may be busy
