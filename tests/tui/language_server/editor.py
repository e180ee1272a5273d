"""An editor for tests: pygls' own client, talking to ``dvk rules lsp`` in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[3]
PATIENCE = 20.0


class Editor:
    """Opens and changes files, remembers what is underlined."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("test-editor", "1")
        self.texts: dict[str, str] = {}
        self.shown: dict[str, list[types.Diagnostic]] = {}
        self.versions: dict[str, int] = {}
        self.news = asyncio.Event()
        self.logged: list[str] = []

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            path = Path(uris.to_fs_path(params.uri))
            if path.is_relative_to(self.folder):
                self.shown[path.relative_to(self.folder).as_posix()] = list(params.diagnostics)
                self.news.set()

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        def logged(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)

    async def start(self, *words: str, encodings=None) -> types.InitializeResult:
        await self.client.start_io(
            sys.executable, "-X", "utf8", "-m", "tui", *words, cwd=ROOT, env={**os.environ}
        )
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        return await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(general=general),
                process_id=os.getpid(),
                root_uri=self.folder.as_uri(),
            )
        )

    def turn_to(self, folder: Path) -> None:
        """Close everything and go on in another folder."""
        for file in self.versions:
            self.close(file)
        self.folder = folder
        for known in (self.texts, self.shown, self.versions, self.logged):
            known.clear()

    async def stop(self) -> int:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        server = self.client._server
        await asyncio.wait_for(server.wait(), PATIENCE)
        await self.client.stop()
        # What asyncio leaves open until it is collected would be a warning in some other test.
        server._transport.close()
        return server.returncode

    def uri(self, file: str) -> str:
        return (self.folder / file).as_uri()

    def open(self, file: str, text: str | None = None) -> None:
        if text is None:
            text = (self.folder / file).read_text(encoding="utf-8")
        self.texts[file], self.versions[file] = text, 1
        item = types.TextDocumentItem(self.uri(file), "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def write(self, file: str, text: str) -> None:
        self.texts[file] = text
        self.versions[file] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[file], self.uri(file)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def replace(self, file: str, old: str, new: str) -> None:
        assert self.texts[file].count(old) == 1
        self.write(file, self.texts[file].replace(old, new))

    def close(self, file: str) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(file)))
        )

    def codes(self) -> dict[str, list[str]]:
        """Codes of what is underlined, by file; files without any are left out."""
        return {
            file: [str(one.code) for one in found] for file, found in self.shown.items() if found
        }

    async def until(self, codes: dict[str, list[str]]) -> float:
        """Wait until exactly *codes* are underlined; how long that took."""
        with contextlib.suppress(TimeoutError):
            return await self.once(lambda: bool(self.shown) and self.codes() == codes)
        raise AssertionError((self.codes(), self.logged))

    async def once(self, holds: Callable[[], bool]) -> float:
        """Wait for news after which *holds*; how long that took."""
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self.news.clear()
                await self.news.wait()
        return time.monotonic() - began

    def underlined(self, file: str) -> list[str]:
        """The words under the squiggles, cut out as an editor does: by UTF-16 units."""
        return [self.cut(file, one.range) for one in self.shown[file]]

    def cut(self, file: str, at: types.Range) -> str:
        assert at.start.line == at.end.line
        line = self.texts[file].split("\n")[at.start.line].encode("utf-16-le")
        return line[2 * at.start.character : 2 * at.end.character].decode("utf-16-le")

    def spot(self, file: str, before: str, after: str = "") -> dict:
        """The place in *file* between two texts that stand side by side once, in UTF-16 units."""
        text = self.texts[file]
        assert text.count(before + after) == 1, (before, after)
        head = text[: text.index(before + after) + len(before)]
        line = head.rsplit("\n", 1)[-1]
        at = types.Position(head.count("\n"), len(line.encode("utf-16-le")) // 2)
        return {"text_document": types.TextDocumentIdentifier(self.uri(file)), "position": at}

    async def hover(self, file: str, before: str, after: str) -> str | None:
        found = await self.client.text_document_hover_async(
            types.HoverParams(**self.spot(file, before, after))
        )
        return None if found is None else found.contents.value

    async def complete(self, file: str, before: str, after: str = "") -> dict[str, str]:
        """Labels and details of what is offered."""
        found = await self.client.text_document_completion_async(
            types.CompletionParams(**self.spot(file, before, after))
        )
        return {one.label: one.detail for one in found}

    async def definition(self, file: str, before: str, after: str) -> tuple[str, str] | None:
        found = await self.client.text_document_definition_async(
            types.DefinitionParams(**self.spot(file, before, after))
        )
        return None if found is None else self._where(found)

    def _where(self, found: types.Location) -> tuple[str, str]:
        path = Path(uris.to_fs_path(found.uri)).relative_to(self.folder).as_posix()
        if path not in self.texts:
            self.texts[path] = (self.folder / path).read_text(encoding="utf-8")
        return f"{path}:{found.range.start.line + 1}", self.cut(path, found.range)
