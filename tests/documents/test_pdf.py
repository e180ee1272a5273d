"""What holds for every paper: bytes that repeat, fonts inside, nothing foreign."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from hong_linh import a_line, a_list

from documents.certificate_list import render_list
from documents.certificates import render_certificates

RENDERERS = [render_list, render_certificates]
HERE = Path(__file__).parent

HOSTILE = '<img src="file:///etc/passwd"/> <a href="http://evil.example">x</a> /Launch (calc.exe)'


def an_ordinary_list():
    return a_list([a_line(number) for number in range(1, 20)], decision=None)


def objects_of(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [reader.get_object(number) for number in sorted(reader.xref[0])]


@pytest.mark.parametrize("render", RENDERERS)
def test_same_view_gives_the_same_bytes_in_one_process(render):
    assert render(an_ordinary_list()) == render(an_ordinary_list())


@pytest.mark.slow
@pytest.mark.parametrize("render", RENDERERS)
def test_same_view_gives_the_same_bytes_in_other_processes(render):
    program = (
        "import hashlib, sys; from test_pdf import an_ordinary_list\n"
        f"from {render.__module__} import {render.__name__} as render\n"
        "sys.stdout.write(hashlib.sha256(render(an_ordinary_list())).hexdigest())"
    )
    path = os.pathsep.join([str(HERE), str(HERE.parents[1])])

    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert told == {hashlib.sha256(render(an_ordinary_list())).hexdigest()}


@pytest.mark.parametrize("render", RENDERERS)
def test_every_font_is_embedded_and_is_liberation_serif(render):
    fonts = [o for o in objects_of(render(an_ordinary_list())) if is_of_type(o, "/Font")]

    assert fonts
    assert {font["/BaseFont"].split("+")[1].split("-")[0] for font in fonts} == {"LiberationSerif"}
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


@pytest.mark.parametrize("render", RENDERERS)
def test_hostile_text_brings_no_link_image_or_action_in(render):
    view = a_list([a_line(1, name=HOSTILE, person="", host="")])
    found = objects_of(render(view))

    assert [o for o in found if is_of_type(o, "/Annot") or is_of_type(o, "/Action")] == []
    assert [o for o in found if isinstance(o, dict) and o.get("/Subtype") == "/Image"] == []
    assert [o for o in found if isinstance(o, dict) and {"/JS", "/AA", "/URI"} & set(o)] == []


@pytest.mark.parametrize(
    ("render", "title"),
    [
        (render_list, 'Danh sách Mô hình "Dân vận khéo" được công nhận năm 2018'),
        (render_certificates, 'Giấy chứng nhận Mô hình "Dân vận khéo" được công nhận năm 2018'),
    ],
)
def test_metadata_names_title_body_and_language(render, title):
    reader = pypdf.PdfReader(io.BytesIO(render(an_ordinary_list())))

    assert reader.metadata.title == title
    assert reader.metadata.author == "Ủy ban nhân dân thị xã Hồng Lĩnh"
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"


@pytest.mark.slow
def test_four_hundred_recipients_print_in_seconds():
    view = a_list([a_line(number) for number in range(1, 401)])

    assert len(pypdf.PdfReader(io.BytesIO(render_certificates(view))).pages) == 400
    assert len(pypdf.PdfReader(io.BytesIO(render_list(view))).pages) > 20


def is_of_type(thing, name):
    return isinstance(thing, dict) and thing.get("/Type") == name
