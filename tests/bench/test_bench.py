"""The bench itself: the same corpus everywhere, both sides in turn, limits that can be missed."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.__main__ import growth
from bench.corpus import Vocabulary, fingerprint, tickets
from bench.measure import Result, Sample, Series, in_turn, quantile, ratio_limit
from bench.processes import until_end
from bench.report import document, holds, line
from bench.trees import tree_memory, until_end_with_tree


def series(*cpu: float) -> Series:
    return Series(tuple(Sample(wall=one * 2, cpu=one) for one in cpu))


def result(ours: float, floor: float, *, size: int = 1000, case: str = "list") -> Result:
    return Result(case, size, series(ours), series(floor), (ratio_limit(3),))


def test_the_corpus_is_the_same_on_every_machine() -> None:
    assert fingerprint() == "b84ffa175a7499fe1e0da8899c69b9503a991d332189166727fb6f3d8f5e6ea5"
    assert len(Vocabulary().words) > 20_000


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one() -> None:
    assert list(tickets(20)) == list(itertools.islice(tickets(50), 20))


def test_both_sides_run_in_turn_and_swap_their_order() -> None:
    calls: list[str] = []

    def side(name: str) -> Sample:
        calls.append(name)
        return Sample(1, 1)

    ours, floor = in_turn(lambda: side("a"), lambda: side("b"), rounds=3)
    assert calls == ["a", "b", "a", "b", "b", "a", "a", "b"]
    assert len(ours.samples) == len(floor.samples) == 3


def test_a_missed_limit_is_marked_and_slack_widens_it() -> None:
    missed = result(7, 2)
    assert not holds(missed, 1.0)
    assert holds(missed, 2.0)
    assert "MISSED" in line(missed, 1.0)
    assert document([missed], 1.0)["cases"][0]["limits"][0]["ok"] is False


def test_growth_is_the_exponent_between_the_sizes() -> None:
    flat = growth([result(1.0, 1, size=10_000), result(1.05, 1, size=100_000)])
    steep = growth([result(1.0, 1, size=10_000), result(10.0, 1, size=100_000)])
    assert [is_flat for _, is_flat in flat + steep] == [True, False]


def test_slack_forgives_noise_but_no_linear_growth() -> None:
    small = result(1.0, 1, size=10_000)
    noisy = growth([small, result(2.0, 1, size=40_000)], 2.0)
    linear = growth([small, result(4.0, 1, size=40_000)], 2.0)
    assert [is_flat for _, is_flat in noisy + linear] == [True, False]


def test_small_databases_say_nothing_about_growth() -> None:
    assert growth([result(1.0, 1, size=1000), result(3.0, 1, size=10_000)]) == []


def test_quantiles_need_no_interpolation() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([1.0], 0.95) == 1.0


def test_a_program_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        until_end(["python3", "-c", "raise SystemExit(3)"], {"PATH": "/usr/bin:/bin"})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells it in steps")
@pytest.mark.parametrize("run", [until_end, until_end_with_tree])
def test_small_programs_are_not_measured_in_steps(run: Callable[..., Sample]) -> None:
    """Ten milliseconds more or less would be a third of what the smallest floor takes."""
    steps = [run([sys.executable, "-S", "-c", "pass"], {}).cpu % 10 for _ in range(4)]
    assert any(0.01 < one < 9.99 for one in steps), steps


def test_the_memory_of_a_tree_counts_what_it_started() -> None:
    """A program that starts one which holds 60 MB is larger than one that holds nothing."""
    hold = "import sys; held = b'x' * (60 << 20); print(1, flush=True); sys.stdin.read()"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    child = subprocess.Popen([sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdin as into, child.stdout as out:
        assert out.readline() == b"1\n"
        assert 60 << 20 < tree_memory(child.pid) < 200 << 20
        into.close()
    assert child.wait() == 0
    assert tree_memory(child.pid) == 0


def test_a_watched_program_is_measured_to_its_end() -> None:
    hold = "import sys, time; held = b'x' * (60 << 20); time.process_time()\nfor one in range(2_000_000): pass"
    found = until_end_with_tree([sys.executable, "-c", hold], {"PATH": "/usr/bin:/bin"})
    assert found.memory > 60
    assert found.cpu > 0
    with pytest.raises(RuntimeError, match="ended with 3"):
        until_end_with_tree([sys.executable, "-c", "raise SystemExit(3)"], {})
