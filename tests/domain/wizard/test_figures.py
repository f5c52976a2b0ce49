"""The figures of checklists where people go back, jump, dispute or come back the next day; and what always holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.paths import resources
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience, Question, Wizard
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.figures import LONGEST, WizardFigures, figures_of
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.missed import missed, subjects
from desktop.domain.wizard.run import Phase, RunState, Source
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.uses import RunUse, StepUse, ways_taken

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WIZARDS = load_library(resources() / "wizards").wizards
DISK = WIZARDS["disk-full"]


def run(name: str = "r", state: str = "finished", step: str = "o_ok", ticket: str = "", **more: object) -> RunUse:
    return RunUse(name, "disk-full", "employee", state, "disk-full", step, AT, ticket=ticket, **more)  # type: ignore[arg-type]


def use(step: str, way: str, *, name: str = "r", seconds: float = 10.0, said: bool | None = None,
        source: Source = Source.HUMAN, wizard: str = "disk-full") -> StepUse:  # fmt: skip
    return StepUse(name, wizard, step, seconds, source, way, said)


def figures(
    runs: list[RunUse], uses: list[StepUse], wizards: Mapping[str, Wizard] = WIZARDS
) -> Mapping[str, WizardFigures]:
    passages: dict[str, list[StepUse]] = {}
    for one in uses:
        passages.setdefault(one.run, []).append(one)
    return figures_of(wizards, runs, ways_taken(wizards, runs, passages))


def test_a_step_gone_back_over_counts_once_as_it_was_left_last() -> None:
    uses = [use("i_bin", "failed"), use("i_temporary", "failed"), use("i_bin", "fixed")]
    found = figures([run()], [*uses, use("q_result", "yes", said=True)])["disk-full"]
    assert (found.steps["i_bin"].visits, found.steps["i_bin"].tried, found.steps["i_bin"].helped) == (1, 1, 1)
    assert "i_temporary" not in found.steps
    assert found.human_steps == 2


def test_whoever_went_back_and_asked_for_help_there_dropped_out_once() -> None:
    found = figures([run(state="handed_over", step="i_bin")], [use("i_bin", "failed"), use("i_temporary", "failed")])
    step = found["disk-full"].steps["i_bin"]
    assert (step.visits, step.tried, step.dropped) == (1, 0, 1)
    assert "i_temporary" not in found["disk-full"].steps


def test_a_disputed_check_is_no_fault_of_the_diagnosis() -> None:
    """The diagnosis could tell; that it was wrong is another matter."""
    seen = [
        use("c_full", "present", source=Source.AUTO),
        use("i_bin", "failed"),
        use("c_full", "unknown", source=Source.AUTO),
    ]
    assert figures([run()], seen)["disk-full"].steps["c_full"].unknown == {"": (0, 1)}


def test_only_the_question_whether_it_works_now_judges_a_fix() -> None:
    """A yes or no to something else, as whether others have the trouble too, says nothing about the fix."""
    other = next(name for name, one in DISK.steps.items() if one.kind.value == "question" and name != "q_result")
    uses = [use("i_bin", "fixed"), use(other, "no", said=False), use("q_result", "yes", said=True)]
    assert figures([run()], uses)["disk-full"].steps["i_bin"].helped == 1


def test_a_night_in_between_is_no_time_of_the_checklist() -> None:
    found = figures([run()], [use("i_bin", "fixed", seconds=60_000.0), use("q_result", "yes", said=True)])["disk-full"]
    assert found.seconds == LONGEST + 10.0


def test_a_checklist_reached_from_another_one_has_figures_of_its_steps() -> None:
    uses = [use("i_bin", "failed"), use("i_restart", "done", wizard="slow-computer")]
    found = figures([run()], uses)
    assert found["slow-computer"].steps["i_restart"].visits == 1
    assert (found["slow-computer"].runs, found["slow-computer"].solve_rate) == (0, None)


def test_runs_of_before_steps_were_kept_do_not_make_a_checklist_look_short() -> None:
    old = run("old", step="o_ok")
    found = figures([old, run()], [use("i_bin", "fixed"), use("q_result", "yes", said=True)])["disk-full"]
    assert (found.runs, found.resolved, found.human_steps, found.seconds) == (2, 2, 2.0, 20.0)


def test_an_end_in_another_checklist_is_told_apart_from_an_own_one() -> None:
    there = RunUse("r2", "disk-full", "employee", "finished", "slow-computer", "o_ok", AT)
    assert figures([run(), there], [])["disk-full"].ends == {"o_ok": 1, "slow-computer.o_ok": 1}


def test_a_ticket_is_a_lesson_once_however_often_it_was_passed_on() -> None:
    first = run("a", "handed_over", "i_bin", "T-1")
    over = RunUse("b", "slow-computer", "employee", "handed_over", "disk-full", "i_bin", AT, ticket="T-1")
    solved = run("c", ticket="T-1")
    uses = {"c": [use("i_bin", "fixed", name="c"), use("q_result", "yes", name="c", said=True)]}
    runs = [first, over, solved]
    found = missed(WIZARDS, runs, ways_taken(WIZARDS, runs, uses))
    assert len(found) == 1
    (subject,) = subjects({}, found, department_of={})
    assert (subject.count, subject.tickets) == (1, ("T-1",))


def test_a_log_without_end_costs_no_more_than_its_length() -> None:
    """A PC in hostile hands may send the longest there is; ten of them must not hold anybody up."""
    many = [use(f"i_{number}", "done", name=str(name)) for name in range(10) for number in range(1000)]
    found = figures([run(str(name)) for name in range(10)], many)["disk-full"]
    assert len(found.steps) == 1000


STEPS = st.sampled_from([*DISK.steps, "gone"])
EXITS = st.sampled_from(["fixed", "done", "failed", "cannot", "declined", "skipped", "yes", "no", "unsure", "present",
                         "absent", "unknown"])  # fmt: skip
USES = st.builds(
    use,
    STEPS,
    EXITS,
    name=st.sampled_from("abc"),
    seconds=st.floats(0, 1e6),
    source=st.sampled_from(Source),
    said=st.sampled_from([True, False, None]),
)
PHASES = st.sampled_from(["asking", "finished", "handed_over", "abandoned", "collecting"])
RUNS = st.tuples(*(
    st.builds(run, st.just(name), PHASES, STEPS, is_stale=st.booleans()) for name in "abc"
))  # fmt: skip


@given(RUNS, st.lists(USES, max_size=30))
def test_the_counts_always_fit_together(runs: tuple[RunUse, ...], uses: list[StepUse]) -> None:
    for one in figures(list(runs), uses).values():
        over = one.resolved + one.escalated + one.handed_over + one.requested + one.given_up
        assert over <= one.runs
        assert sum(one.ends.values()) + one.handed_over + one.given_up <= one.runs
        assert one.solve_rate is None or 0 <= one.solve_rate <= 1
        for step in one.steps.values():
            assert 0 <= step.helped <= step.tried <= step.visits <= len(runs) + step.dropped
            assert step.cannot + step.tried + step.dropped <= step.visits
            assert step.kept <= step.suggested <= step.visits
            assert 0 <= step.seconds <= step.seconds_p90 <= LONGEST
            assert all(unknown <= all_ for unknown, all_ in step.unknown.values())


def test_the_samples_are_steps_there_are() -> None:
    assert {"q_result", "i_bin", "i_temporary", "c_full", "o_ok"} <= DISK.steps.keys()


def happened(stage: Scene, state: RunState, data: st.DataObject) -> RunState:
    """Let something happen that a person can do at this moment; nothing where the run is over."""
    step = stage.step(state)
    seen = [one.step for one in state.path if one.source is Source.AUTO and one.exit != "jump"]
    can: list[events.Event] = [events.WentBack(AT)] if engine.can_go_back(stage, state) else []
    can += [events.Disputed(one, AT) for one in seen if one not in state.disputed]
    if state.phase is Phase.ASKING and isinstance(step, Question):
        can += [events.Answered(one, AT) for one in (*answer_ids(step), None)] * 3
    elif state.phase is Phase.ASKING:
        can += [events.Tried(one, AT) for one in events.Try] * 3
    elif state.phase is Phase.VERIFYING:
        can += [events.Verified(one, AT) for one in FindingState]
    elif state.phase is Phase.JUDGING:
        can += [events.Judged(True, AT), events.Judged(False, AT)]
    return engine.advance(stage, state, data.draw(st.sampled_from(can))) if can else state


@given(st.sampled_from(["disk-full", "no-internet", "vpn-or-drive", "printer-no-print"]), st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_way_found_in_a_log_is_the_way_the_engine_took(name: str, data: st.DataObject) -> None:
    stage = Scene(WIZARDS)
    state = engine.start(stage, name, run_id="r", audience=Audience.EMPLOYEE, at=AT)
    for _ in range(data.draw(st.integers(0, 25))):
        state = happened(stage, state, data)
    log = [StepUse("r", one.wizard, one.step, 1.0, one.source, one.exit) for one in state.log if one.exit != "jump"]
    whole = RunUse("r", name, "employee", state.phase.value, state.wizard, state.step, AT)
    (way,) = ways_taken(WIZARDS, [whole], {"r": log}).values()
    taken = [(one.wizard, one.step, one.exit) for one in state.path if one.exit != "jump"]
    disputed = [place for place, one in enumerate(taken) if one[1] in state.disputed]
    found = [(one.wizard, one.step, one.exit) for one in way]
    assert [one[:2] for one in found] == [one[:2] for one in taken]
    assert [one for place, one in enumerate(found) if place not in disputed] == [
        one for place, one in enumerate(taken) if place not in disputed
    ]
