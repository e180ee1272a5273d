"""What an author reads when resting on a word (lời giải thích khi rê chuột), in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scoring.authoring.key_words import KEY_WORDS
from scoring.declarations import SCORES
from scoring.editing.names import Declared
from scoring.editing.sight import Sight
from scoring.functions import FUNCTIONS

_SORTS: Mapping[str, str] = MappingProxyType(
    {
        "fact": "Số liệu",
        "constant": "Hằng số",
        "derived": "Số tính được",
        "peer": "Số của cụm, khối",
        "criterion": "Tiêu chí",
        "grade": "Mức xếp loại",
        "gate": "Điều kiện xét",
        "selection": "Lượt xét chọn",
        "score": "Điểm",
    }
)
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "integer": "số nguyên",
        "decimal": "số thập phân",
        "yes_no": "có/không",
        "choice": "lựa chọn",
        "date": "ngày",
        "text": "chữ",
        "marks": "phiếu chấm của các ủy viên",
    }
)
_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "register": "phiếu đăng ký",
        "report": "báo cáo",
        "appraise": "người thẩm định",
        "council": "hội đồng",
    }
)
_TAKEN: Mapping[str, str] = MappingProxyType(
    {
        "mean": "trung bình",
        "max": "cao nhất",
        "min": "thấp nhất",
        "sum": "tổng",
        "count": "số hồ sơ có",
    }
)


def hover_text(sight: Sight, seen: Mapping[str, str] = MappingProxyType({})) -> str:
    """What to show for *sight*. *seen* says of a fact what a season has of it."""
    if sight.name is not None:
        return named(sight.name, seen)
    if sight.function:
        return function_text(sight.function)
    if sight.choice is not None:
        fact, code = sight.choice
        return f"**{fact.choices[code]}**\n\nlựa chọn `{code}` của `{fact.id}` ({fact.label})"
    model, key = sight.key
    return f"`{key}` · {KEY_WORDS[model][key]}"


def function_text(name: str) -> str:
    """Signature and wording of a function of the rule language."""
    function = FUNCTIONS[name]
    letters = "abcdefgh"[: len(function.takes)]
    takes = [f"{letter}: {kind}" for letter, kind in zip(letters, function.takes, strict=True)]
    dots = ", …" if function.many else ""
    shown = "; ".join(letters) + ("; …" if function.many else "")
    words = function.words.format(*letters, all=shown)
    return f"```\n{name}({', '.join(takes)}{dots}) → {function.gives}\n```\n{words}"


def named(name: Declared, seen: Mapping[str, str] = MappingProxyType({})) -> str:
    """Label, kind and all that was said where the name is declared."""
    head = f"**{name.label or name.id}**"
    lines = [f"{_SORTS[name.sort]} `{name.word}`{_detail(name)}"]
    lines += {
        "fact": _fact,
        "constant": _constant,
        "derived": _derived,
        "peer": _peer,
        "criterion": _criterion,
    }.get(name.sort, _condition)(name)
    if basis := name.text("basis"):
        lines.append(f"Căn cứ: {basis}")
    if name.sort in ("fact", "derived") and name.id in seen:
        lines.append(seen[name.id])
    return head + "\n\n" + "  \n".join(lines)


def _detail(name: Declared) -> str:
    kind = _TYPES.get(name.text("type"), "") if name.sort == "fact" else ""
    return "".join(f" · {one}" for one in (kind, name.text("unit")) if one)


def _fact(name: Declared) -> list[str]:
    lines = []
    ends = [
        f"{word} {number(name.text(key))}"
        for key, word in (("min", "từ"), ("max", "đến"), ("step", "bước"))
        if name.text(key)
    ]
    if ends:
        lines.append(f"Nhận {' '.join(ends)}")
    if name.choices:
        lines.append("; ".join(f"`{code}` {label}" for code, label in name.choices.items()))
    asked = _ASKED.get(name.text("ask") or "report", "")
    lines.append(f"Ai ghi: {asked}" if asked else "Ai ghi: chưa rõ")
    if name.text("optional") == "true":
        lines.append("Được để trống")
    return lines


def _constant(name: Declared) -> list[str]:
    return [f"Giá trị: **{number(name.text('value'))}**"]


def _derived(name: Declared) -> list[str]:
    return [f"= `{' '.join(name.text('value').split())}`"]


def _peer(name: Declared) -> list[str]:
    per = f", theo từng `{name.text('per')}`" if name.text("per") else ", mọi hồ sơ"
    taken = _TAKEN.get(name.text("take"), name.text("take"))
    return [f"{taken} của `{name.text('of')}`{per}"]


def _criterion(name: Declared) -> list[str]:
    most = name.text("max")
    lines = [f"Mã `{name.id}`"] if name.id != name.word else []
    return [*lines, f"Tối đa {number(most)} điểm" if most else "Không ghi điểm tối đa"]


def _condition(name: Declared) -> list[str]:
    found = name.text("when") or name.text("require")
    if found:
        return [f"Khi `{' '.join(found.split())}`"]
    return [SCORES[name.id].capitalize() + " của hồ sơ"] if name.sort == "score" else []


def number(text: str) -> str:
    """A number as Vietnamese readers write it; a day as day/month/year; other text as it is."""
    if text.replace(".", "", 1).lstrip("-").isdigit():
        whole, _, rest = text.partition(".")
        return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
    day = text.split("-")
    return "/".join(day[::-1]) if len(day) == 3 and all(one.isdigit() for one in day) else text
