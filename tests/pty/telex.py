"""What a Vietnamese input method sends: letters, and bursts of backspace with the letters again."""

import unicodedata

BACKSPACE = b"\x7f"
_SHAPES = "\u0302\u0306\u031b"


def at_the_letter(word):
    """Each accent typed right after its letter: ``e e`` becomes e, then backspace and ê."""
    bursts = []
    for letter in word:
        base, *marks = unicodedata.normalize("NFD", letter)
        if letter in "đĐ":
            bursts += [b"d" if letter == "đ" else b"D", BACKSPACE + letter.encode()]
            continue
        bursts.append(base.encode())
        done = base
        for mark in sorted(marks, key=lambda mark: mark not in _SHAPES):
            done = unicodedata.normalize("NFC", done + mark)
            bursts.append(BACKSPACE + done.encode())
    return bursts


def at_the_end(word):
    """The accents typed after the word: as many backspaces as needed, and its tail again."""
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(c)
    )
    first = next((i for i, (a, b) in enumerate(zip(bare, word, strict=True)) if a != b), None)
    bursts = [letter.encode() for letter in bare]
    if first is not None:
        bursts.append(BACKSPACE * (len(bare) - first) + word[first:].encode())
    return bursts


def typed(text, keystrokes):
    """The bursts of a whole text, words apart by a space."""
    bursts = []
    for word in text.split():
        bursts += [*keystrokes(word), b" "]
    return bursts[:-1]
