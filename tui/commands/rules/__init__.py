"""``dvk rules``: what a rule author asks of a pack; no register, unless a season is named."""

from __future__ import annotations

import typer

from tui.commands.help import Command, Group
from tui.commands.rules import (
    at,
    basic,
    diff,
    doc,
    explain,
    fmt,
    freeze,
    impact,
    lint,
    lsp,
    mutate,
    new,
    record,
    schema,
    score,
    test,
)

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Bộ quy tắc YAML: soát lỗi, chạy ca kiểm thử, chấm thử.",
)
for one in (app, at.app):
    one.command("check", cls=Command)(basic.check)
    one.command("test", cls=Command)(test.test)
    one.command("score", cls=Command)(score.score)
    one.command("freeze", cls=Command)(freeze.freeze)
    one.command("fmt", cls=Command)(fmt.fmt)
    one.command("lint", cls=Command)(lint.lint)
    one.command("mutate", cls=Command)(mutate.mutate)
    one.command("explain", cls=Command)(explain.explain)
    one.command("diff", cls=Command)(diff.diff)
    one.command("impact", cls=Command)(impact.impact)
    one.command("doc", cls=Command)(doc.doc)
app.command("lsp", cls=Command)(lsp.lsp)
app.command("record", cls=Command)(record.record)
app.command("schema", cls=Command)(schema.schema)
app.command("new", cls=Command)(new.new)
app.add_typer(at.app, name="at")
