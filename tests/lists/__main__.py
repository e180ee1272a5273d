"""Draws lists as units might send them and damages files: ``python -m tests.lists --count 500``.

Every drawn list has to come out as the same two entries; every damaged file as sheets or as a
refusal. The first that does not is named by its seed, with what it was drawn as.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "registry"))

from drawn_lists import damaged, drawn, fault_of


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    for seed in range(told.seed, told.seed + told.count):
        for one in (drawn(seed), damaged(seed)):
            if fault := fault_of(one):
                sys.stdout.write(f"seed {seed}: {one.words}: {fault}\n")
                return 1
    sys.stdout.write(f"{told.count} drawn and {told.count} damaged: all as they should be\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
