"""A program on a real pseudo-terminal: exact bytes in, the screen as a person sees it out."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 30


class Terminal:
    """Runs *argv*; a thread reads all it writes, so that it never has to wait for us."""

    def __init__(self, argv, *, columns=80, rows=24):
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self._last_change = time.monotonic()
        self._open = True
        self.output = b""
        self._master, self._slave = pty.openpty()
        self._set_size(columns, rows)
        self.modes_before = self.modes()
        env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        env["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "tui")))
        for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_THEME", "TEXTUAL_DISABLE_KITTY_KEY"):
            env.pop(name, None)
        self._process = subprocess.Popen(
            argv, stdin=self._slave, stdout=self._slave, stderr=self._slave, env=env
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._open = False
        self._reader.join()
        os.close(self._master)
        os.close(self._slave)

    def _set_size(self, columns, rows):
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, size)

    def _read(self):
        while self._open:
            if select.select([self._master], [], [], 0.05)[0]:
                data = os.read(self._master, 65536)
                with self._lock:
                    self.output += data
                    self._stream.feed(data)
                    self._last_change = time.monotonic()

    def modes(self):
        """How the terminal treats keys: raw or cooked, echo or not."""
        return termios.tcgetattr(self._slave)[:4]

    def send(self, data):
        """Type *data*, as the terminal would send it."""
        os.write(self._master, data)
        self._last_change = time.monotonic()

    def resize(self, columns, rows):
        """Give the terminal another size and tell the program."""
        with self._lock:
            self._screen.resize(rows, columns)
        self._set_size(columns, rows)
        self._process.send_signal(signal.SIGWINCH)
        self._last_change = time.monotonic()

    def lines(self):
        """What is on the screen."""
        with self._lock:
            return [line.rstrip() for line in self._screen.display]

    def wait_for(self, words):
        """Wait until *words* stand on the screen."""
        end = time.monotonic() + PATIENCE
        while words not in "\n".join(self.lines()):
            assert time.monotonic() < end, f"{words!r} did not come:\n" + "\n".join(self.lines())
            time.sleep(0.02)

    def quiet(self, gap=0.4):
        """Wait until nothing has been typed or written for *gap* seconds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() - self._last_change < gap and time.monotonic() < end:
            time.sleep(0.02)

    def exit_code(self):
        """Wait for the program to end."""
        code = self._process.wait(PATIENCE)
        self.quiet()
        return code
