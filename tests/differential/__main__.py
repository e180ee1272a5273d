"""The long comparison of the two engines: ``python -m tests.differential --pairs 1000000 --seed 1``.

A pair is one entry and one criterion (group, bonus and penalty included) of a drawn pack, or one
entry and one drawn expression; each is scored by the interpreter and by the columns, and every
cell has to be the same. Every drawn pack has its seed: ``--seed`` is the first, the next follow.
On a difference the smallest example found is written to ``--out`` and the exit code is 1.
"""

import argparse
import sys
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "scoring" / "columns"))

from comparing import Tally, compared, minimised  # noqa: E402
from pack_text import pack_text  # noqa: E402

from registry.rulebook import RULES_DIR  # noqa: E402

EVERY = 5.0
"""Seconds between two lines of progress."""


def main(arguments=None):
    """Compare until enough pairs are done; the exit code to leave with."""
    given = _given(arguments)
    warnings.simplefilter("error")  # a number numpy is not sure of is a difference
    tally, seed = Tally(), given.seed
    names = sorted(path.parent.name for path in RULES_DIR.glob("*/pack.yaml"))
    names = names if given.rules else [""]
    started = said = time.monotonic()
    while tally.pairs < given.pairs:
        example = compared(seed, tally, name=names[seed % len(names)])
        if example is not None:
            return _report(example, given.out)
        seed += 1
        if time.monotonic() - said > EVERY:
            said = time.monotonic()
            _say(f"{tally.pairs:,} of {given.pairs:,} pairs, {tally.packs:,} packs, seed {seed}")
    _say(_summary(tally, given.seed, seed, time.monotonic() - started))
    return 0


def _given(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000, help="how many to compare")
    parser.add_argument("--rules", action="store_true", help="the packs of rules/, none drawn")
    parser.add_argument("--seed", type=int, default=1, help="the first pack's seed")
    out = Path("differential-example.yaml")
    parser.add_argument("--out", type=Path, default=out, help="where to write a difference")
    return parser.parse_args(arguments)


def _report(example, out):
    _say(f"seed {example.seed}: {example.said}")
    _say("making the example smaller …")
    small = minimised(example)
    out.write_text(_written(small), encoding="utf-8")
    _say(f"The engines differ. The smallest example found is in {out}.")
    return 1


def _written(example):
    """The pack as YAML, the season and what differs as comments: a test can be made of it."""
    facts = "".join(f"# {code}: {facts!r}\n" for code, facts in example.season.items())
    told = example.pack
    pack = f"# rules/{told}\n" if isinstance(told, str) else pack_text(told)
    asked = ", ".join(engine.__name__ for engine in example.engines)
    return (
        f"# seed {example.seed}: python -m tests.differential --pairs 1 --seed {example.seed}\n"
        f"# {asked}: {example.said}\n# season:\n{facts}{pack}"
    )


def _summary(tally, first, after, seconds):
    left_out = "".join(f"\n  {n} seasons: {why}" for why, n in tally.left_out.most_common())
    return (
        f"No difference in {tally.pairs:,} pairs ({tally.cells:,} cells): {tally.packs:,} packs "
        f"(seeds {first} to {after - 1}), {tally.seasons:,} seasons of up to {tally.largest} "
        f"entries, {tally.entries:,} entries ({tally.alone:,} of them also one by one, by the "
        f"compiled pack), {seconds:.0f} s.\n"
        f"Left to the interpreter (NoColumns): {tally.left_out.total()} seasons.{left_out}"
    )


def _say(text):
    print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
