"""``dvk rules``: what a rule author asks of a pack; no register, unless a season is named."""

from __future__ import annotations

import typer

from tui.commands.help import Command, Group
from tui.commands.rules import (
    basic,
    diff,
    doc,
    explain,
    fmt,
    impact,
    lint,
    lsp,
    mutate,
    new,
    record,
    schema,
    test,
)

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Bộ quy tắc YAML: soát lỗi, chạy ca kiểm thử, chấm thử.",
)
app.command("check", cls=Command)(basic.check)
app.command("test", cls=Command)(test.test)
app.command("score", cls=Command)(basic.score)
app.command("fmt", cls=Command)(fmt.fmt)
app.command("lint", cls=Command)(lint.lint)
app.command("lsp", cls=Command)(lsp.lsp)
app.command("mutate", cls=Command)(mutate.mutate)
app.command("record", cls=Command)(record.record)
app.command("explain", cls=Command)(explain.explain)
app.command("diff", cls=Command)(diff.diff)
app.command("impact", cls=Command)(impact.impact)
app.command("schema", cls=Command)(schema.schema)
app.command("new", cls=Command)(new.new)
app.command("doc", cls=Command)(doc.doc)
