import sys
import time
import unicodedata
from pathlib import Path

import pytest
from telex import at_the_end, at_the_letter, typed
from terminal import Terminal

pytestmark = pytest.mark.slow

APP = str(Path(__file__).parent / "season_on_terminal.py")
WORDS = (
    "Mô hình vận động nhân dân hiến đất mở đường giao thông nông thôn mới tại thôn"
    " Tân Hòa xã Đức Thọ"
)
F3, F4, CTRL_Q = b"\x1bOR", b"\x1bOS", b"\x11"


def _app(season_file, *, columns=80, rows=24, fault=()):
    return Terminal([sys.executable, APP, str(season_file), *fault], columns=columns, rows=rows)


def _to_list(terminal):
    terminal.wait_for("Từ đăng ký đến biểu dương")
    terminal.send(F3)
    terminal.wait_for("112 / 112 mô hình")
    terminal.quiet()


def _search_box(terminal):
    return terminal.lines()[1].removeprefix(" / Tìm ").partition("  ")[0].strip()


def test_there_are_22_words():
    assert len(WORDS.split()) == 22


@pytest.mark.parametrize("keystrokes", [at_the_letter, at_the_end])
@pytest.mark.parametrize("pace", [0, 0.02], ids=["one-burst", "human"])
def test_every_telex_word_arrives_as_typed(season_file, keystrokes, pace):
    with _app(season_file, columns=200) as terminal:
        _to_list(terminal)
        terminal.send(b"/")
        terminal.quiet()
        bursts = typed(WORDS, keystrokes)
        for burst in bursts if pace else [b"".join(bursts)]:
            terminal.send(burst)
            time.sleep(pace)
        terminal.quiet()
        assert _search_box(terminal) == WORDS


@pytest.mark.parametrize(
    "sent",
    [
        unicodedata.normalize("NFD", WORDS).encode(),
        b"\x1b[200~" + unicodedata.normalize("NFD", WORDS).encode() + b"\x1b[201~",
    ],
    ids=["typed-in-pieces", "pasted-in-pieces"],
)
def test_letters_in_pieces_are_put_together(season_file, sent):
    with _app(season_file, columns=200) as terminal:
        _to_list(terminal)
        terminal.send(b"/")
        terminal.quiet()
        terminal.send(sent)
        terminal.quiet()
        assert _search_box(terminal) == WORDS


def test_keys_typed_ahead_of_the_search_box_land_in_it(season_file):
    with _app(season_file, columns=120) as terminal:
        _to_list(terminal)
        terminal.send(b"/" + b"".join(typed("rác thải", at_the_end)) + b"\x1b[D\x1b[D!\x1b[F?")
        terminal.quiet()
        assert _search_box(terminal) == "rác th!ải?"


def test_another_size_is_used_at_once(season_file):
    with _app(season_file) as terminal:
        _to_list(terminal)
        assert "Xếp loại" not in terminal.lines()[3]
        terminal.resize(160, 50)
        terminal.wait_for("Lĩnh vực                   Cấp")
        terminal.quiet()
        assert len(terminal.lines()[-1]) > 0
        terminal.resize(60, 16)
        terminal.quiet()
        assert "HL-2018-001" in "\n".join(terminal.lines())


def _given_back(terminal):
    """Cooked again, the first screen shown, the cursor visible, no mouse reports, no paste mode."""
    endings = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
    return terminal.modes() == terminal.modes_before and all(
        terminal.output.rfind(ending) > terminal.output.rfind(ending[:-1] + _opposite(ending))
        for ending in endings
    )


def _opposite(ending):
    return b"h" if ending.endswith(b"l") else b"l"


def test_quitting_gives_the_terminal_back(season_file):
    with _app(season_file) as terminal:
        _to_list(terminal)
        assert terminal.modes() != terminal.modes_before
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
        assert _given_back(terminal)


def test_a_crash_gives_the_terminal_back_and_shows_where(season_file):
    with _app(season_file, fault=["fault"]) as terminal:
        terminal.wait_for("Từ đăng ký đến biểu dương")
        terminal.send(F3)
        assert terminal.exit_code() == 1
        assert _given_back(terminal)
        assert "TypeError" in "\n".join(terminal.lines())


def test_no_keyboard_protocol_that_drops_letters_is_asked_for(season_file):
    with _app(season_file) as terminal:
        _to_list(terminal)
        assert b"\x1b[>" not in terminal.output.replace(b"\x1b[>c", b"").replace(b"\x1b[>0q", b"")


def test_refresh_of_one_row_is_small(season_file):
    with _app(season_file, columns=120, rows=40) as terminal:
        _to_list(terminal)
        before = len(terminal.output)
        terminal.send(b"\x1b[B")
        terminal.quiet()
        assert len(terminal.output) - before < 4000
