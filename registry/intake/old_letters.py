"""Old letters in the cells of a list (chữ phông cũ): by the cell's font, else guessed by column."""

from __future__ import annotations

from collections import Counter
from typing import Any

from registry.legacy import UNICODE, decode, guess_encoding, is_unicode, vietnamese_share

_SAMPLE = 60


def decode_sheets(sheets: list[dict[str, Any]], forced: str) -> list[dict[str, Any]]:
    """*sheets* with every cell in Unicode; ``decoded`` counts cells, ``guesses`` tells columns.

    Where a font says what the letters are, it is followed. Where none does, a column that reads
    as Vietnamese only in an old encoding is decoded as a guess, for a person to confirm; *forced*
    is what that person said: an encoding, or ``unicode`` for "leave it as it stands".
    """
    for sheet in sheets:
        sheet["decoded"] = _by_font(sheet["cells"])
        sheet["guesses"] = [] if forced == UNICODE else _by_column(sheet["cells"], forced)
    return sheets


def _by_font(cells: list[list[Any]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for cell in cells:
        if len(cell) < 5:
            continue
        encoding = cell.pop()
        # A font left over on text that was typed in Unicode changes nothing.
        if cell[2] == "text" and not is_unicode(cell[3]):
            cell[3] = decode(cell[3], encoding)
            counts[encoding] += 1
    return dict(counts)


def _by_column(cells: list[list[Any]], forced: str) -> list[dict[str, Any]]:
    columns: dict[int, list[list[Any]]] = {}
    for cell in cells:
        if cell[2] == "text" and not cell[3].isascii():
            columns.setdefault(cell[1], []).append(cell)
    open_columns = {
        column: held
        for column, held in columns.items()
        if not any(is_unicode(cell[3]) for cell in held)
    }
    guessed = {
        column: guess
        for column, held in open_columns.items()
        if (guess := guess_encoding(cell[3] for cell in held))
    }
    usual = Counter(guess.encoding for guess in guessed.values()).most_common(1)
    told = []
    for column, held in sorted(open_columns.items()):
        encoding = forced or (guessed[column].encoding if column in guessed else "")
        # A column of few words is no evidence of its own: it follows its neighbours.
        encoding = encoding or (usual[0][0] if usual else "")
        if encoding and (column in guessed or _reads_better(held, encoding)):
            told.append(_decoded(column, held, encoding))
    return told


def _reads_better(held: list[list[Any]], encoding: str) -> bool:
    text = "\n".join(cell[3] for cell in held)
    return vietnamese_share(decode(text, encoding)) > vietnamese_share(text)


def _decoded(column: int, held: list[list[Any]], encoding: str) -> dict[str, Any]:
    before = held[-1][3]
    for cell in held:
        cell[3] = decode(cell[3], encoding)
    share = vietnamese_share("\n".join(cell[3] for cell in held))
    return {
        "column": column,
        "encoding": encoding,
        "score": round(100 * share),
        "before": before[:_SAMPLE],
        "after": held[-1][3][:_SAMPLE],
    }
