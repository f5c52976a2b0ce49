"""Forty checklists read and checked, the same a second time, and one step of a run."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sized
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bench.measure import Limit, Result, Sample, in_turn, timed
from bench.store import Setting
from desktop.base.paths import resources
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience, Instruction, Question
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.library import assemble, load_library
from desktop.domain.wizard.run import Phase, RunState, to_document
from desktop.domain.wizard.scene import Scene, missing_fields
from desktop.domain.wizard.syntax import document_of

MANY = 40
"""What a company has: the shipped ones and its own."""
AT = datetime(2026, 1, 1, tzinfo=UTC)


def wizards(setting: Setting) -> Result:
    """Read and check 40 contents that this process has not seen, beside the same documents read from JSON."""
    files, rounds = forty(), count()
    texts = [json.dumps(document_of(content), default=str) for content in files.values()]

    def unseen() -> Sample:
        mark = f"\n# {next(rounds)}\n".encode()
        changed = {name: content + mark for name, content in files.items()}
        return timed(lambda: _all_good(assemble(changed).wizards))

    ours, floor = in_turn(unseen, lambda: timed(lambda: [json.loads(one) for one in texts]), rounds=setting.rounds(9))
    return Result("wizards", setting.size, ours, floor, (Limit("ms CPU", 150, lambda result: result.ours.cpu),))


def again(setting: Setting) -> Result:
    """Load the same folder once more in the same process, beside reading its bytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in forty().items():
            (folder / f"{file}.toml").write_bytes(content)
        ours, floor = in_turn(
            lambda: timed(lambda: _all_good(load_library(folder).wizards)),
            lambda: timed(lambda: [one.read_bytes() for one in sorted(folder.glob("*.toml"))]),
            rounds=setting.rounds(30),
        )
    return Result("wizards-again", setting.size, ours, floor, (Limit("ms CPU", 10, lambda result: result.ours.cpu),))


def step(setting: Setting) -> Result:
    """One step of a run without a diagnosis, the mean of a whole run to its end, beside writing its document."""
    scene = Scene(load_library(resources() / "wizards").wizards)
    happened = _whole_run(scene)
    end = _run(scene, happened)

    def one_step() -> Sample:
        whole = timed(lambda: _run(scene, happened), repeat=20)
        return Sample(wall=whole.wall / len(happened), cpu=whole.cpu / len(happened))

    ours, floor = in_turn(
        one_step, lambda: timed(lambda: json.dumps(to_document(end)), repeat=20), rounds=setting.rounds(30)
    )
    return Result("step", setting.size, ours, floor, (Limit("ms CPU", 1, lambda result: result.ours.cpu),))


def forty() -> dict[str, bytes]:
    """Return the shipped checklists, some of them again under another id, until there are forty."""
    shipped = {one.stem: one.read_bytes() for one in sorted((resources() / "wizards").glob("*.toml"))}
    found = dict(shipped)
    for number, (name, content) in enumerate(shipped.items()):
        if len(found) < MANY:
            new = f"{name}-{number}"
            found[new] = re.sub(rb'^id = ".*?"', f'id = "{new}"'.encode(), content, count=1, flags=re.MULTILINE)
    return found


def _all_good(found: Sized) -> None:
    if len(found) < MANY:
        raise RuntimeError(f"not all of {MANY} checklists are good")


def _whole_run(scene: Scene) -> list[events.Event]:
    """Return what happens where nothing helps and the person never knows: the longest way through a printer's."""
    state = _begin(scene)
    happened: list[events.Event] = []
    while state.phase is not Phase.FINISHED:
        happened.append(_next(scene, state))
        state = engine.advance(scene, state, happened[-1])
    return happened


def _next(scene: Scene, state: RunState) -> events.Event:
    at = scene.step(state)
    if state.phase is Phase.COLLECTING:
        return events.Filled(missing_fields(scene, state)[0], None, AT)
    if state.phase is Phase.JUDGING:
        return events.Judged(False, AT)
    if isinstance(at, Question):
        known = [one for one in answer_ids(at) if one == "no"]
        return events.Answered(known[0] if known else None, AT)
    return events.Tried(events.Try.CANNOT if isinstance(at, Instruction) else events.Try.DECLINED, AT)


def _run(scene: Scene, happened: list[events.Event]) -> RunState:
    state = _begin(scene)
    for one in happened:
        state = engine.advance(scene, state, one)
    return state


def _begin(scene: Scene) -> RunState:
    return engine.start(scene, "printer-no-print", run_id="bench", audience=Audience.EMPLOYEE, at=AT)
