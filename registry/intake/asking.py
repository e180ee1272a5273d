"""Answers as they are typed (câu trả lời gõ vào), checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.catalogue import Catalogue
from registry.errors import RegistryError
from registry.intake.answers import HEADING, IGNORED, TERM_KINDS, Answers, terms_of
from registry.intake.headings import CODE, HEADINGS
from registry.intake.list_words import ListWords
from registry.legacy import ENCODING_LABELS, TCVN3, UNICODE, VNI
from registry.vietnamese import slug, tidy

_ENCODINGS = (TCVN3, VNI, UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Answers as text, ``what=answer`` each, and the cells of look-alikes decided on."""

    maps: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


class AnswerUnfit(RegistryError):
    """An answer that answers nothing."""


def parse_answers(said: Said, *, words: ListWords, catalogue: Catalogue) -> Answers:
    """What was said, in the words of the register. Raises AnswerUnfit."""
    return Answers(
        headings={slug(old): _attribute(new, words) for old, new in _pairs(said.maps, "--map")},
        means={slug(old): _term(new, catalogue) for old, new in _pairs(said.means, "--means")},
        fills={_filled(what, words): text for what, text in _pairs(said.fills, "--fill")},
        units=dict(_for_files(said.units)),
        encodings={file: _encoding(name) for file, name in _for_files(said.encodings)},
        different=frozenset(map(tidy, said.different)),
        alike=frozenset(map(tidy, said.alike)),
    )


def choices_of(about: str, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """What may be answered to a question, as ids and labels; nothing for a unit's name."""
    if about in TERM_KINDS:
        return tuple((term.id, term.label) for term in terms_of(catalogue, about))
    if about == HEADING:
        heads = tuple((name, words[0]) for name, words in HEADINGS.items() if name != CODE)
        return (*heads, ("", "bỏ cột này"))
    if about == "encoding":
        return ((TCVN3, ENCODING_LABELS[TCVN3]), (VNI, "VNI"), (UNICODE, "để nguyên"))
    return ()


def _pairs(given: Iterable[str], option: str) -> Iterator[tuple[str, str]]:
    for text in given:
        what, sign, answer = text.rpartition("=")
        if not sign or not tidy(what):
            raise AnswerUnfit(
                f"{option} “{text}” không có dạng “cách ghi=ý nghĩa”.",
                hint=f'Ví dụ {option} "{_EXAMPLES[option]}".',
            )
        yield tidy(what), tidy(answer)


_EXAMPLES = {
    "--map": "Tên cột cũ=Tên mô hình",
    "--means": "ĐTH=van-hoa-xa-hoi",
    "--fill": "Cấp đăng ký=Cấp thị xã",
}


def _for_files(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """``file=answer``, or an answer for every file."""
    for text in given:
        file, _, answer = text.rpartition("=")
        yield tidy(file), tidy(answer)


def _attribute(text: str, words: ListWords) -> str:
    if not text:
        return IGNORED
    found = text if text in HEADINGS else words.attribute_of(text)
    if not found or found == CODE:
        known = "; ".join(f"{heads[0]} ({n})" for n, heads in HEADINGS.items() if n != CODE)
        raise AnswerUnfit(f"Không có cột “{text}”.", hint=f"Chọn một trong: {known}.")
    return found


def _filled(text: str, words: ListWords) -> str:
    found = _attribute(text, words)
    if found in (IGNORED, "name", "unit"):
        hint = "Điền chung được lĩnh vực, cấp, loại hình, ngày; đơn vị thì dùng --unit."
        raise AnswerUnfit(f"Không thể điền chung “{text}”.", hint=hint)
    return found


def _term(text: str, catalogue: Catalogue) -> str:
    for about in TERM_KINDS:
        for term in terms_of(catalogue, about):
            if slug(text) in {slug(term.id), slug(term.label)}:
                return term.id
    ids = ", ".join(term.id for about in TERM_KINDS for term in terms_of(catalogue, about))
    raise AnswerUnfit(f"Danh mục không có “{text}”.", hint=f"Chọn một trong: {ids}.")


def _encoding(text: str) -> str:
    if text not in _ENCODINGS:
        raise AnswerUnfit(
            f"Không có bảng mã “{text}”.", hint=f"Chọn một trong: {', '.join(_ENCODINGS)}."
        )
    return text
