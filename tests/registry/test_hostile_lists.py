"""Hostile and broken lists: every one of them comes to a refusal, none to a traceback."""

import random

import pytest
from unit_lists import FIRST, HEAD, SECOND, WORD, csv_file, old_workbook, word_file, workbook

from registry.errors import IntakeRefused
from registry.intake.sheets import read_workbook


def refusal(data, file):
    with pytest.raises(IntakeRefused) as refused:
        read_workbook(data, file=file)
    return [problem.code for problem in refused.value.problems]


def test_word_file_that_declares_entities_is_refused():
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY a "AAAA">]><w:document xmlns:w="{WORD}"><w:body>'
            "<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>",
        )
    assert refusal(stream.getvalue(), "a.docx") == ["entities"]


def test_word_table_wider_than_any_list_is_refused():
    row = "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="64"/></w:tcPr></w:tc>' * 9 + "</w:tr>"

    assert refusal(word_file(body=f"<w:tbl>{row}</w:tbl>"), "a.docx") == ["far"]


def test_word_file_that_unpacks_to_much_is_refused():
    body = "<w:p><w:r><w:t>" + "A" * (70 << 20) + "</w:t></w:r></w:p>"

    assert refusal(word_file(body=body), "a.docx")[0] in ("unpacked", "ratio")


def test_word_file_without_a_body_is_refused():
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"/>')

    assert refusal(stream.getvalue(), "a.docx") == ["not-a-workbook"]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "xls", "docx", "csv"])
def test_damaged_bytes_come_to_sheets_or_to_a_refusal(form):
    rows = (HEAD, FIRST, SECOND)
    made = {"xlsx": workbook, "xls": old_workbook, "docx": word_file, "csv": csv_file}
    whole = made[form](*rows)
    chance = random.Random(form)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = chance.choice((len(data), chance.randrange(len(data))))
        hints = _hints(bytes(data[:cut]), f"a.{form}")
        assert all(hints)


def _hints(data, file):
    """What to do, of every problem the file is refused with; none: it can be read."""
    try:
        read_workbook(data, file=file)
    except IntakeRefused as refused:
        return [problem.hint for problem in refused.problems]
    return []
