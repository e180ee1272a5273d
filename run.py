#!/usr/bin/env python3
"""Sets everything up and runs it: ``python3 run.py demo``, ``python3 run.py test``.

Only the standard library is needed. The first call makes ``.venv`` beside this file and installs
the locked packages, each checked against its hash; later calls start at once.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_TIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
PACK = "rules/dan-van-kheo-minh-hoa"

# Fast ones first; a fault that costs a second to find is not waited for.
STEPS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "contracts": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "rules": ["-m", "tui", "rules", "test", PACK],
    "tests": ["-m", "pytest"],
}


def main() -> int:
    """Do what the command line asks; the exit code to leave with."""
    _speak_utf8()
    if sys.version_info < (3, 11):  # noqa: UP036 this file is what meets an older Python
        print("Cần Python 3.11 trở lên (Python 3.11 or newer is needed).", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="run a real season end to end in a new file")
    demo.add_argument("--out", type=Path, default=HOME / "demo-output", help="where to write")
    test = commands.add_parser("test", help="check everything: format, types, contracts, tests")
    test.add_argument("steps", nargs="*", choices=[[], *STEPS], help=", ".join(STEPS))
    commands.add_parser("pictures", help="draw the README's pictures anew")
    commands.add_parser("setup", help="only make .venv")
    given = parser.parse_args()
    set_up(DEVELOPMENT if given.command in ("test", "pictures") else RUN_TIME)
    if given.command == "test":
        return check(given.steps or list(STEPS))
    if given.command == "pictures":
        _run([str(PYTHON), "docs/make_pictures.py"])
    return run_demo(given.out) if given.command == "demo" else 0


def _speak_utf8() -> None:
    """An old Windows console would otherwise stop at the first Vietnamese letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def set_up(requirements: str) -> None:
    """Make ``.venv`` with the packages of *requirements*, unless it stands already."""
    # What development needs holds all that running needs.
    if PYTHON.exists() and any(_stands(one) for one in {requirements, DEVELOPMENT}):
        return
    print(f"Chuẩn bị .venv từ {requirements} (chỉ lần đầu, khoảng một phút) …", file=sys.stderr)
    if not PYTHON.exists():
        _make_venv()
    install = [*_installer(), "--require-hashes", "-r", str(HOME / requirements)]
    _run(install, quiet=True)
    local = [*_installer(), "--no-deps", "--no-build-isolation", "-e", str(HOME)]
    _run(local, quiet=True)
    _stamp(requirements).write_text(_digest(requirements))


def _stamp(requirements: str) -> Path:
    return VENV / f"installed-{requirements}.sha256"


def _stands(requirements: str) -> bool:
    stamp = _stamp(requirements)
    return stamp.exists() and stamp.read_text() == _digest(requirements)


def _make_venv() -> None:
    try:
        venv.create(VENV, with_pip=shutil.which("uv") is None)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        print(
            "Python này thiếu mô-đun venv. Trên Debian/Ubuntu: apt install python3-venv",
            file=sys.stderr,
        )
        raise SystemExit(2) from None


def _installer() -> list[str]:
    """``uv`` where there is one (faster), else the environment's own pip."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]


def _digest(requirements: str) -> str:
    files = [HOME / requirements, HOME / "pyproject.toml"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _run(command: list[str], *, quiet: bool = False) -> None:
    """Run *command* or leave with its exit code."""
    flags = ["--quiet"] if quiet else []
    code = subprocess.run([*command, *flags], cwd=HOME, check=False).returncode
    if code:
        print(f"Không xong: {' '.join(command)}", file=sys.stderr)
        raise SystemExit(code)


def check(steps: list[str]) -> int:
    """Run every step in turn; stop at the first that fails."""
    for step in steps:
        print(f"== {step}", flush=True)
        code = subprocess.run([str(PYTHON), *STEPS[step]], cwd=HOME, check=False).returncode
        if code:
            print(f"== {step}: không đạt (failed)", file=sys.stderr)
            return code
    return 0


def run_demo(out: Path) -> int:
    """The season of Hồng Lĩnh 2018, from the workbook to the certificates."""
    out = out.resolve()
    database, papers = out / "hong-linh-2018.db", out / "pdf"
    try:
        out.mkdir(parents=True, exist_ok=True)
        # A journal left by a run that was cut short would be played back into the new file.
        for left in (database, database.with_name(f"{database.name}-journal")):
            left.unlink(missing_ok=True)
    except OSError as error:
        print(
            f"Không ghi được vào {out} ({error.strerror}).\n"
            "    → Đóng chương trình đang mở tệp ở đó, hoặc chọn thư mục khác sau --out.",
            file=sys.stderr,
        )
        return 2
    season = "hl-2018"
    body = ["--body", "Ủy ban nhân dân thị xã Hồng Lĩnh", "--place", "Hồng Lĩnh"]
    for words in (
        ["season", "open", season, "--title", "Hồng Lĩnh 2018", "--year", "2018", *body],
        ["intake", "apply", "examples/hong-linh-2018.xlsx", "--season", season, "--yes"],
        ["season", "pin", season, PACK],
        ["season", "score", season],
        ["season", "ranking", season, "--selection", "bieu-duong"],
        ["season", "ranking", season, "--csv", str(out / "ket-qua.csv")],
        ["print", "list", season, "--out", str(papers)],
        ["print", "certificates", season, "--out", str(papers)],
    ):
        _dvk(database, words)
    dvk = f"{_shown(PYTHON.with_name('dvk'))} --db {_shown(database)}"
    print(f"\nGiấy tờ (PDF): {papers}\nBảng điểm (CSV): {out / 'ket-qua.csv'}")
    print(f"Mở màn hình làm việc:                   {dvk}")
    print(f"Vì sao một mô hình được chừng ấy điểm:  {dvk} explain HL-2018-065")
    told = _ask(database, ["season", "show", season, "--json"])
    numbers = " → ".join(str(told[key]) for key in ("registered", "recognised", "commended"))
    print(f"\nĐăng ký → công nhận → biểu dương:  {numbers}")
    return 0


def _dvk(database: Path, words: list[str]) -> None:
    """Show one command as a person would type it, and run it."""
    typed = " ".join(_quoted(word) for word in words)
    print(f"\n$ dvk --db {_shown(database)} {typed}", flush=True)
    _run([str(PYTHON), "-m", "tui", "--db", str(database), *words])


def _ask(database: Path, words: list[str]) -> dict[str, object]:
    """What a command answers as JSON."""
    command = [str(PYTHON), "-m", "tui", "--db", str(database), *words]
    done = subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.PIPE)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def _shown(path: Path) -> str:
    """*path* as seen from where the person stands, when it lies below."""
    here = Path.cwd()
    return _quoted(str(path.relative_to(here)) if path.is_relative_to(here) else str(path))


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)  # the command under way has said what became of its work
