"""The server itself: which question of the protocol is answered by what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from scoring.editing.hover import hover_text
from scoring.editing.occurrences import Occurrence, declaration, declared_at, occurrences, outline
from scoring.editing.sight import Sight, sight_at
from scoring.editing.suggest import suggest
from scoring.lint.fix import mended
from scoring.problems import PackError
from tui.language_server import answers
from tui.language_server.open_packs import OpenPack, OpenPacks, diagnosed
from tui.language_server.positions import cursor_of, lines_of, range_of

PAUSE = 0.1
"""Unit: seconds. Letters typed within it are looked at together."""
_MENDED = frozenset({"tier-order", "tie-end"})
"""Codes that ``lint --fix`` mends."""
_log = logging.getLogger(__name__)


class RulesServer(LanguageServer):
    """Answers an editor about the packs it has open."""

    def __init__(self, seen: Mapping[str, str]) -> None:
        # Whole texts: the library would count lines by Python's rules, which are not the editor's.
        super().__init__("dvk", "1", text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.seen = seen
        self.packs = OpenPacks(self._buffers)
        self._looking: dict[str, asyncio.Task[None]] = {}

    def _buffers(self) -> Iterable[TextDocument]:
        return tuple(self.workspace.text_documents.values())

    # Faults -----------------------------------------------------------------------------------

    def changed(self, uri: str) -> None:
        """Look for faults of the pack of *uri*, soon, and again if it changes meanwhile."""
        found = self.packs.of(uri)
        if found is None:
            return
        pack, _ = found
        pack.is_stale = True
        key = str(pack.folder)
        if key not in self._looking or self._looking[key].done():
            self._looking[key] = asyncio.get_running_loop().create_task(self._look(pack))
            self._looking[key].add_done_callback(self._report)

    async def _look(self, pack: OpenPack) -> None:
        while pack.is_stale:
            await asyncio.sleep(PAUSE)
            pack.is_stale = False
            try:
                read = self.packs.read(pack)
            except OSError as error:
                self._say(f"Không đọc được {error.filename}: {error.strerror}.")
                continue
            pack.found = await asyncio.to_thread(diagnosed, pack, read)
            pack.found_in = read.files
            if not pack.is_stale:
                self._publish(pack, read.versions)

    def _publish(self, pack: OpenPack, versions: Mapping[str, int | None]) -> None:
        shown = {self.packs.uri(pack, file): file for file in pack.files}
        shown |= {self.packs.uri(pack, one.file): one.file for one in pack.found}
        for uri, file in shown.items():
            ranges = self._ranges(pack, file)
            found = [answers.diagnostic(one, ranges) for one in pack.found if one.file == file]
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, found, versions.get(file))
            )
        for uri in pack.published - shown.keys():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        pack.published = frozenset(shown)

    def _report(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("looking for faults failed", exc_info=error)
            self._say(f"Lỗi của chương trình khi soát bộ quy tắc: {error!r}")

    def _say(self, text: str) -> None:
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    # Places -----------------------------------------------------------------------------------

    def _ranges(self, pack: OpenPack, file: str) -> answers.Ranges:
        lines, codec = lines_of(pack.files.get(file, "")), self.workspace.position_codec
        return lambda span: range_of(span, lines, codec)

    def cursor(self, uri: str, at: types.Position) -> tuple[OpenPack, str, int, int] | None:
        """Pack, file, row and column of a position; None for files of no pack."""
        found = self.packs.of(uri)
        if found is None:
            return None
        pack, file = found
        self.packs.read(pack)
        lines = lines_of(pack.files.get(file, ""))
        return pack, file, *cursor_of(at, lines, self.workspace.position_codec)

    def sight(self, uri: str, at: types.Position) -> tuple[OpenPack, str, Sight] | None:
        """What the cursor points at."""
        found = self.cursor(uri, at)
        if found is None:
            return None
        pack, file, row, column = found
        sight = sight_at(file, pack.files.get(file, ""), row, column, pack.names)
        return None if sight is None else (pack, file, sight)

    def _location(self, pack: OpenPack, one: Occurrence) -> types.Location:
        return types.Location(
            self.packs.uri(pack, one.file), self._ranges(pack, one.file)(one.span)
        )

    # Questions --------------------------------------------------------------------------------

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        found = self.sight(params.text_document.uri, params.position)
        if found is None:
            return None
        pack, file, sight = found
        text = hover_text(sight, self.seen)
        return types.Hover(answers.markdown(text), self._ranges(pack, file)(sight.span))

    def complete(self, params: types.CompletionParams) -> list[types.CompletionItem]:
        found = self.cursor(params.text_document.uri, params.position)
        if found is None:
            return []
        pack, file, row, column = found
        fitting = suggest(file, pack.files.get(file, ""), row, column, pack.names)
        return answers.completions(fitting, self._ranges(pack, file))

    def definition(self, params: types.DefinitionParams) -> types.Location | None:
        found = self.sight(params.text_document.uri, params.position)
        name = declaration(found[2]) if found else None
        return self._location(found[0], declared_at(name)) if found and name else None

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        found = self.sight(params.text_document.uri, params.position)
        if found is None or found[2].name is None:
            return []
        pack, name = found[0], found[2].name
        places = occurrences(pack.files, name, pack.names)
        own = declared_at(name) if name.place.file else None
        wanted = params.context.include_declaration
        return [self._location(pack, one) for one in places if wanted or one != own]

    def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        found = self.cursor(params.text_document.uri, types.Position(0, 0))
        if found is None:
            return []
        pack, file = found[0], found[1]
        text = pack.files.get(file, "")
        ranges = self._ranges(pack, file)
        return [
            answers.symbol(one, ranges, lines_of(text)) for one in outline(file, text, pack.names)
        ]

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Respellings of what is in the range, and what ``lint --fix`` would do to the pack."""
        found = self.cursor(params.text_document.uri, params.range.start)
        if found is None:
            return []
        pack, file = found[0], found[1]
        if pack.found_in != pack.files:
            return []  # the words have moved since; the editor asks again with the next faults
        lines, ranges = lines_of(pack.files.get(file, "")), self._ranges(pack, file)
        rows = range(params.range.start.line, params.range.end.line + 1)
        here = [one for one in pack.found if one.file == file and one.span.row in rows]
        spelt = (
            answers.respelling(one, lines[one.span.row], params.text_document.uri, ranges)
            for one in here
            if one.span.row < len(lines)
        )
        mending = [self._mending(pack)] if any(o.problem.code in _MENDED for o in here) else []
        return [one for one in (*spelt, *mending) if one is not None]

    def _mending(self, pack: OpenPack) -> types.CodeAction | None:
        try:
            after = mended(pack.files, name=pack.name)
        except PackError:
            return None
        changes = {
            self.packs.uri(pack, file): answers.line_edits(pack.files[file], text)
            for file, text in after.items()
        }
        if not changes:
            return None
        return types.CodeAction(
            title="Sửa hộ mọi chỗ không đổi điểm của ai (lint --fix)",
            kind=types.CodeActionKind.QuickFix,
            edit=types.WorkspaceEdit(changes=changes),
        )
