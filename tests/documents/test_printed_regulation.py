"""The printed regulation: what it says, where its pages break, bytes that repeat."""

import io

import pypdf
import pytest

from documents.regulation import render_regulation
from documents.typeface import GlyphMissing
from registry.rulebook import RULES_DIR, read_pack_files
from scoring.authoring.prose import Clause, Heading, Paragraph, Regulation, Table
from scoring.authoring.regulation import regulation_of
from scoring.pack import parse_pack

FOLDERS = sorted(file.parent for file in RULES_DIR.glob("*/pack.yaml"))


def of_folder(folder):
    files = read_pack_files(folder)
    return regulation_of(parse_pack(files, name=folder.name), files)


def regulation(*blocks, title="Quy định"):
    return Regulation(title=title, version="1.0.0", digest="ab" * 32, blocks=blocks)


def pages_of(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_shipped_pack_prints_and_prints_the_same_again(folder):
    pdf = render_regulation(of_folder(folder))

    assert pdf == render_regulation(of_folder(folder))
    assert f"bản {of_folder(folder).version}" in pages_of(pdf)[0]


def test_page_is_upright_and_says_every_block():
    pdf = render_regulation(
        regulation(
            Heading("1. Tiêu chí"),
            Paragraph("Thiếu thì không xét."),
            Clause("I.1. Bốn rõ", basis="Điều 2"),
            Table(
                ("Số liệu", "Loại", "Đơn vị", "Ai ghi"), (("Số hộ", "số nguyên", "hộ", "Báo cáo"),)
            ),
        )
    )
    [page] = pypdf.PdfReader(io.BytesIO(pdf)).pages

    assert page.mediabox.height > page.mediabox.width
    [text] = pages_of(pdf)
    for said in (
        "QUY ĐỊNH",
        "1. Tiêu chí",
        "Thiếu thì không xét.",
        "I.1. Bốn rõ · Điều 2",
        "Số hộ",
    ):
        assert said in text


def test_table_over_two_pages_repeats_its_heading():
    rows = tuple((f"Số {n}", "số nguyên", "hộ", "Báo cáo") for n in range(60))
    pages = pages_of(
        render_regulation(regulation(Table(("Số liệu", "Loại", "Đơn vị", "Ai ghi"), rows)))
    )

    assert len(pages) == 2
    assert all("Ai ghi" in page for page in pages)


@pytest.mark.parametrize("before", range(25, 50))
def test_heading_and_criterion_never_stand_alone_at_the_foot(before):
    blocks = [Clause(f"điểm {n}") for n in range(before)]
    blocks += [Heading("9. Mục mới"), Clause("A.1. Tiêu chí"), Clause("bậc một", depth=1)]
    blocks += [Clause("bậc hai", depth=1)]
    pages = pages_of(render_regulation(regulation(*blocks)))

    together = [page for page in pages if "Mục mới" in page]
    assert len(together) == 1
    assert "bậc một" in together[0]
    assert "bậc hai" in together[0]


def test_letter_that_cannot_be_printed_is_refused():
    with pytest.raises(GlyphMissing):
        render_regulation(regulation(Paragraph("漢")))


def test_criterion_longer_than_a_page_goes_on_over_the_next():
    tiers = [Clause(f"bậc {n}", depth=1) for n in range(120)]
    pages = pages_of(render_regulation(regulation(Clause("A.1"), *tiers)))

    assert len(pages) == 3
