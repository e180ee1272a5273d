"""From the protocol's questions to the server's answers, and the loop that reads them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from functools import partial

from lsprotocol import types

from tui.language_server.server import RulesServer

_SIGNS = (" ", '"', ".", "(", "{", "[", ",")
"""After these an editor asks by itself."""


def talk(seen: Mapping[str, str]) -> None:
    """Serve one editor over standard input and output until it says goodbye."""
    server = server_of(seen)
    # A copy, because the library closes what it wrote to.
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Standard output is the protocol: whatever else is printed must not get there.
    with contextlib.redirect_stdout(sys.stderr):
        server.start_io(sys.stdin.buffer, stdout)


def server_of(seen: Mapping[str, str]) -> RulesServer:
    """A server that answers, not yet connected to anything."""
    server = RulesServer(seen)
    _listen(server)
    _answer(server)
    return server


def _answer(server: RulesServer) -> None:
    """Every question an editor may ask. The library marks functions, which methods refuse."""
    signs = types.CompletionOptions(trigger_characters=[*_SIGNS])
    fixes = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_HOVER)(partial(server.hover))
    server.feature(types.TEXT_DOCUMENT_COMPLETION, signs)(partial(server.complete))
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(partial(server.definition))
    server.feature(types.TEXT_DOCUMENT_REFERENCES)(partial(server.references))
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(partial(server.symbols))
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, fixes)(partial(server.actions))


def _listen(server: RulesServer) -> None:
    """Everything after which faults have to be looked for again."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(params: types.DidChangeWatchedFilesParams) -> None:
        for one in params.changes:
            server.changed(one.uri)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            await server.client_register_capability_async(types.RegistrationParams([_watching()]))


def _watching() -> types.Registration:
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*.yaml")])
    return types.Registration("rules", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
