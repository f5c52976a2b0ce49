"""Lanes run work, keep order where they promise it, and hand errors back."""

from __future__ import annotations

import pytest

from desktop.base.lanes import ThreadLane


def test_one_thread_keeps_the_order_of_submission() -> None:
    lane = ThreadLane("db", threads=1)
    seen: list[int] = []
    futures = [lane.submit(lambda number=number: seen.append(number)) for number in range(50)]
    for future in futures:
        future.result(timeout=10)
    lane.close()
    assert seen == list(range(50))


def test_an_error_travels_in_the_future() -> None:
    lane = ThreadLane("io", threads=2)
    future = lane.submit(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        future.result(timeout=10)
    lane.close()
