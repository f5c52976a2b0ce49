"""Small network questions with a deadline each, asked side by side: a TCP connection, an answer by UDP."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


def ask_all(
    ask: Callable[[Question], Answer], questions: Sequence[Question], *, deadline: float
) -> list[Answer | None]:
    """Ask all questions at once, a daemon thread each; None where an answer took longer than `deadline` seconds.

    Raises nothing: a question that fails has no answer.
    """
    answers: queue.SimpleQueue[tuple[int, Answer | None]] = queue.SimpleQueue()

    def work(place: int, question: Question) -> None:
        try:
            answers.put((place, ask(question)))
        except (OSError, ValueError):
            answers.put((place, None))

    for place, question in enumerate(questions):
        threading.Thread(target=work, args=(place, question), daemon=True).start()
    found: list[Answer | None] = [None] * len(questions)
    end = time.monotonic() + deadline
    for _ in questions:
        try:
            place, answer = answers.get(timeout=max(0.001, end - time.monotonic()))
        except queue.Empty:
            break
        found[place] = answer
    return found


def connect(host: str, port: int, *, deadline: float) -> tuple[str, float]:
    """Open a TCP connection; returns "open", "refused", "timeout" or "unreachable" and the milliseconds it took."""
    begun = time.monotonic()
    try:
        socket.create_connection((host, port), timeout=deadline).close()
        outcome = "open"
    except ConnectionRefusedError:
        outcome = "refused"
    except TimeoutError:
        outcome = "timeout"
    except OSError:
        outcome = "unreachable"
    return outcome, round((time.monotonic() - begun) * 1000, 1)


def exchange(host: str, port: int, question: bytes, *, deadline: float) -> tuple[bytes, float] | None:
    """Send one datagram; returns the answer and its milliseconds, None where none came or nobody listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    begun = time.monotonic()
    with socket.socket(family, socket.SOCK_DGRAM) as channel:
        channel.settimeout(deadline)
        try:
            channel.connect((host, port))
            channel.send(question)
            answer = channel.recv(4096)
        except OSError:
            return None
    return answer, round((time.monotonic() - begun) * 1000, 1)
