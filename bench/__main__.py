"""Measure Ersthelfer beside its floors: `python -m bench [--case NAME…] [--size N…] [--json FILE] [--check]`."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

from bench import report
from bench.cases.all import CASES, FLAT
from bench.corpus import fingerprint
from bench.measure import Result
from bench.store import Setting

USUAL = 10_000  # tickets
CHECK_LARGE = 40_000  # tickets of the second size of --check: four times as many in half a minute of filling
FLATNESS = 0.1  # exponent of the processor time over the number of tickets
SLACK = 2.0  # for --check: a shared machine of two cores must not fail a build by its load


def main() -> int:
    """Run the cases and print the table; with --check the exit code is 1 where a limit is missed twofold."""
    arguments = _arguments()
    slack = SLACK if arguments.check else 1.0
    print(f"corpus {fingerprint()}\n{report.HEAD}")
    results: list[Result] = []
    for size, name in _plan(arguments):
        results.append(CASES[name](Setting(size=size, is_short=arguments.check)))
        print(report.line(results[-1], slack), flush=True)
    grown = growth(results, slack)
    bent = [line for line, is_flat in grown if not is_flat]
    for line, _ in grown:
        print(line)
    if arguments.json:
        report.write(arguments.json, results, slack)
    missed = [one.case for one in results if not report.holds(one, slack)] + bent
    if missed:
        print(f"missed: {', '.join(missed)}", file=sys.stderr)
    return int(bool(missed) and arguments.check)


def _plan(arguments: argparse.Namespace) -> list[tuple[int, str]]:
    """Return what to measure; the short form adds the flat cases at a second size unless sizes are named."""
    names: list[str] = arguments.case or list(CASES)
    plan = [(size, name) for size in arguments.size or [USUAL] for name in names]
    if arguments.check and not arguments.size:
        plan += [(CHECK_LARGE, name) for name in names if name in FLAT]
    return plan


def growth(results: list[Result], slack: float = 1.0) -> list[tuple[str, bool]]:
    """Return how the processor time of flat cases grows from the smallest to the largest size: exponent <= 0.1.

    Sizes below `USUAL` do not count: their database fits into the nearest cache, which says nothing about growth.
    `slack` is how often as long the larger one may take beyond that; a linear case fails all the same.
    """
    lines: list[tuple[str, bool]] = []
    for case in FLAT:
        measured = (one for one in results if one.case == case and one.size >= USUAL)
        of_case = sorted(measured, key=lambda one: one.size)
        if len(of_case) < 2 or of_case[0].size == of_case[-1].size:
            continue
        small, large = of_case[0], of_case[-1]
        larger = math.log(large.size / small.size)
        exponent, most = math.log(large.ours.cpu / small.ours.cpu) / larger, FLATNESS + math.log(slack) / larger
        said = f"{case}: grows with exponent {exponent:.2f} <= {most:.2f} from {small.size} to {large.size} tickets"
        lines.append((said, exponent <= most))
    return lines


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--case", nargs="+", choices=list(CASES), help="only these cases")
    parser.add_argument("--size", nargs="+", type=int, help="numbers of tickets, 10000 by default")
    parser.add_argument("--json", type=Path, help="also write everything to this file")
    parser.add_argument("--check", action="store_true", help="few rounds, limits with twofold slack, exit code 1")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
