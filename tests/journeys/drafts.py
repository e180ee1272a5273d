"""Drafts of the pack: copies in a folder of their own with a few words changed."""

import shutil

from command_line import PACK


def draft(folder, **files):
    """A copy of the pack at *folder*; ``pack={old: new}`` changes ``pack.yaml``, and so on.

    Each old text has to stand once in its file.
    """
    shutil.copytree(PACK, folder)
    names = {"pack": "pack.yaml", "efforts": "criteria/20-van-dong.yaml"}
    for key, changes in files.items():
        path = folder / names[key]
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, (text.count(old), old)
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return folder
