"""The engine: automatic steps, verification, going back, contradicting, jumping, handing over, resuming."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.base.paths import resources
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Action, Audience, Instruction, Question, Wizard
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.outlook import answered_by_machine, progress, steps_ahead
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard.run import (
    MAX_EVIDENCE,
    Phase,
    RunState,
    Source,
    StepRecord,
    answers,
    from_document,
    to_document,
)
from desktop.domain.wizard.scene import Scene, choices, handover_field, missing_fields, suggested_answer
from tests.domain.wizard.samples import AT, HEAD, STEPS, later, sample, sample_text, scene, snapshot


def begin(stage: Scene, audience: Audience = Audience.EMPLOYEE, wizard: str = "sample") -> RunState:
    return engine.start(stage, wizard, run_id="run", audience=audience, at=AT)


def go_on(stage: Scene, state: RunState, *happened: events.Event) -> RunState:
    for one in happened:
        state = engine.advance(stage, state, one)
    return state


def test_known_findings_are_passed_without_asking() -> None:
    stage = scene(sample(), facts=snapshot("a.blue"))
    state = begin(stage)
    assert (state.step, state.phase) == ("o_help", Phase.COLLECTING)
    assert [(one.step, one.source, one.exit) for one in state.path] == [
        ("c_one", Source.AUTO, "absent"),
        ("q_what", Source.AUTO, "blue"),
    ]
    assert engine.human_steps(state) == 0
    assert answered_by_machine(stage, state) == (2, 2)


def test_without_diagnosis_a_check_is_unknown_never_absent() -> None:
    state = begin(scene(sample()))
    assert state.path[0].exit == "unknown"
    assert state.step == "q_what"


def test_suggestion_waits_for_the_person_and_is_counted() -> None:
    stage = scene(sample(), facts=snapshot("a.red"))
    state = begin(stage)
    assert suggested_answer(stage, state) == "red"
    kept = go_on(stage, state, events.Answered("red", AT))
    other = go_on(stage, state, events.Answered("blue", AT))
    assert kept.path[1].source is Source.SUGGESTED_KEPT
    assert other.path[1].source is Source.SUGGESTED_CHANGED


def test_step_for_technicians_is_passed_by_for_employees_only() -> None:
    stage = scene(sample(), facts=snapshot())
    employee = go_on(stage, begin(stage), events.Answered("red", AT))
    technician = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Answered("red", AT))
    assert (employee.step, employee.path[-1].exit) == ("o_help", "skipped")
    assert technician.step == "i_admin"


@pytest.mark.parametrize(("after", "step"), [(FindingState.ABSENT, "q_works"), (FindingState.PRESENT, "a_try")])
def test_fix_is_verified(after: FindingState, step: str) -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.DONE, later(1)))
    assert state.phase is Phase.VERIFYING
    state = go_on(stage, state, events.Verified(after, later(2)))
    assert state.step == step
    assert (state.path[-1].before, state.path[-1].after) == (FindingState.PRESENT, after)


def test_fix_that_cannot_be_verified_is_judged_by_the_person() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.DONE, AT), events.Verified(FindingState.UNKNOWN, AT))
    assert state.phase is Phase.JUDGING
    assert go_on(stage, state, events.Judged(True, AT)).step == "q_works"
    assert go_on(stage, state, events.Judged(False, AT)).step == "a_try"


def test_action_without_way_for_this_system_counts_as_failed() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.FAILED, AT), events.Tried(Try.CANNOT, AT))
    assert (state.step, state.path[-1].exit) == ("o_help", "failed")


def test_evidence_of_an_action_goes_into_its_record_and_older_runs_know_none() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.FAILED, AT), events.Tried(Try.DONE, AT, "exit 0"))
    assert [one.evidence for one in state.path][-2:] == ["", "exit 0"]
    assert state.evidence == ""
    document = json.loads(json.dumps(to_document(state)))
    assert from_document(document) == state
    del document["evidence"], document["log"][-1]["evidence"]
    assert from_document(document).path[-1].evidence == ""


def test_evidence_waits_for_the_check_and_is_cut() -> None:
    body = STEPS["a_try"].replace("go =", 'verify = "a.broken"\ngo =').replace("done =", "fixed =")
    stage = scene(sample(a_try=body), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.FAILED, AT), events.Tried(Try.DONE, AT, "x" * 9000))
    assert state.phase is Phase.VERIFYING
    state = go_on(stage, from_document(to_document(state)), events.Verified(FindingState.ABSENT, AT))
    assert state.path[-1].evidence == "x" * MAX_EVIDENCE


def test_an_action_nobody_waited_for_stays_in_the_log() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.FAILED, AT), events.Begun(AT), events.Tried(Try.DECLINED, AT))
    assert (state.path[-1].exit, state.path[-1].evidence) == ("declined", engine.BEGUN)


def test_required_fields_are_asked_at_the_end() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage), events.Answered(None, AT))
    assert missing_fields(stage, state) == ("since",)
    assert handover_field(stage, state, "since").text.de == "Seit wann?"
    state = go_on(stage, state, events.Filled("since", "gestern", AT))
    assert state.phase is Phase.FINISHED
    assert answers(stage.wizards, state) == {"since": "gestern"}


def test_unknown_counts_as_an_answer_to_a_required_field() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage), events.Answered(None, AT), events.Filled("since", None, AT))
    assert state.phase is Phase.FINISHED


def test_back_passes_by_what_answered_itself_and_offers_the_old_answer() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.CANNOT, AT))
    state = go_on(stage, state, events.WentBack(later(1)))
    assert (state.step, state.phase) == ("i_fix", Phase.ASKING)
    assert len(state.log) == 2  # nothing is taken out of the log
    state = go_on(
        scene(sample(), facts=snapshot()), begin(scene(sample(), facts=snapshot())), events.Answered("red", AT)
    )
    state = go_on(scene(sample(), facts=snapshot()), state, events.WentBack(later(1)))
    assert (state.step, state.earlier_answer("q_what")) == ("q_what", "red")
    assert answers(scene(sample()).wizards, state) == {}


def test_back_from_a_running_check_stays_on_the_step() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.DONE, AT), events.WentBack(AT))
    assert (state.step, state.phase) == ("i_fix", Phase.ASKING)
    with pytest.raises(AppError) as caught:  # the late answer to the check fits nothing any more
        engine.advance(stage, state, events.Verified(FindingState.ABSENT, AT))
    assert caught.value.code == "wizard.event"


def test_fact_that_is_not_true_is_no_longer_used() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Disputed("c_one", AT))
    assert (state.step, state.path[0].exit) == ("q_what", "unknown")


def test_automatic_answer_that_is_not_true_is_asked() -> None:
    stage = scene(sample(), facts=snapshot("a.blue"))
    state = go_on(stage, begin(stage), events.Disputed("q_what", AT))
    assert (state.step, state.phase) == ("q_what", Phase.ASKING)
    assert go_on(stage, state, events.Answered("red", AT)).path[1].source is Source.HUMAN
    assert suggested_answer(stage, state) is None


def test_technician_skips_with_reason_and_starts_anywhere() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Skipped("kein Zugang", AT))
    assert (state.path[-1].exit, state.path[-1].note) == ("cannot", "kein Zugang")
    state = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Moved("q_works", AT))
    assert state.step == "q_works"
    with pytest.raises(AppError):
        engine.advance(stage, begin(stage), events.Moved("q_works", AT))


def test_note_goes_into_the_log_with_its_step() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage), events.Noted("Frau Oswald sagt rot", AT), events.Answered("red", AT))
    assert state.path[1].note == "Frau Oswald sagt rot"
    assert state.note == ""


def test_what_is_typed_waits_for_its_step_and_older_runs_know_none() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage), events.Typed("ro", AT))
    document = json.loads(json.dumps(to_document(state)))
    assert from_document(document).typed == "ro"
    assert go_on(stage, state, events.Answered("red", AT)).typed is None
    del document["typed"]
    assert from_document(document).typed is None


def test_a_run_that_is_over_stays_so_though_a_step_of_its_way_is_gone() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Moved("o_help", AT))
    over = replace(state, phase=Phase.FINISHED, log=(gone_record(state),), trail=(0,))
    assert engine.resume(stage, over, audience=Audience.TECHNICIAN, at=later(9)) == over


def gone_record(state: RunState) -> StepRecord:
    return StepRecord(state.wizard, state.version, "q_gone", AT, AT, Source.HUMAN, "done")


def two_wizards() -> tuple[Wizard, Wizard]:
    jump = sample(
        q_after='kind = "jump"\nwizard = "other"', i_admin=STEPS["i_admin"].replace('audience = "technician"\n', "")
    )
    start = HEAD.replace('"sample"', '"other"').replace('"c_one"', '"q_what"')
    text = sample_text(head=start, c_one="", i_fix="", a_try="", q_works="")
    return jump, read_wizard(text.encode())


def test_answers_are_carried_over_a_jump_except_whether_it_works() -> None:
    jump, other = two_wizards()
    stage = scene(jump, other, facts=snapshot())
    state = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Answered("red", AT), events.Tried(Try.DONE, AT))
    assert (state.wizard, state.step) == ("other", "i_admin")
    assert [one.source for one in state.path if one.wizard == "other"] == [Source.AUTO]
    state = go_on(stage, state, events.Tried(Try.DONE, AT))
    assert state.step == "q_after"  # works_now is asked again


def test_run_goes_on_after_a_restart_and_by_somebody_else() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.Tried(Try.DONE, AT))
    stored = json.loads(json.dumps(to_document(state)))
    again = engine.resume(stage, from_document(stored), audience=Audience.TECHNICIAN, at=later(30))
    assert (again.step, again.phase, again.audience) == ("i_fix", Phase.ASKING, Audience.TECHNICIAN)


def test_run_of_a_changed_wizard_starts_again_with_old_answers_offered() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Answered("red", AT))
    newer = scene(sample(i_admin="", q_after="", q_what=STEPS["q_what"].replace("i_admin", "o_help")), facts=snapshot())
    again = engine.resume(newer, state, audience=Audience.TECHNICIAN, at=later(9))
    assert (again.step, again.earlier_answer("q_what")) == ("q_what", "red")


def test_help_ends_the_run_and_can_be_taken_back() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(stage, begin(stage), events.HelpWanted(AT))
    assert state.phase is Phase.HANDED_OVER
    with pytest.raises(AppError):
        engine.advance(stage, state, events.Tried(Try.DONE, AT))
    assert go_on(stage, state, events.WentBack(AT)).phase is Phase.ASKING


def test_pause_is_kept_and_ends_with_the_next_event() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage), events.Paused(AT))
    assert from_document(to_document(state)).is_paused
    assert not go_on(stage, state, events.Answered("red", AT)).is_paused


def test_wizard_for_technicians_is_not_started_by_employees() -> None:
    wizard = read_wizard(sample_text(head=HEAD.replace('audience = "employee"', 'audience = "technician"')).encode())
    with pytest.raises(AppError) as caught:
        begin(scene(wizard))
    assert caught.value.code == "wizard.not_for_you"


@pytest.mark.parametrize("spoiled", [{}, {"format": 99}, {"format": 1, "log": 3}, {"format": 1, "run": "x"}])
def test_document_that_is_none_of_ours_is_refused(spoiled: dict[str, object]) -> None:
    with pytest.raises(AppError) as caught:
        from_document(spoiled)
    assert caught.value.code == "wizard.run_unreadable"


def test_pick_offers_the_names_of_the_probe() -> None:
    wizard = sample(q_what='kind = "question"\ntype = "pick"\nsource = "printers"\nfield = "what"\n'
                    'auto = [{ value = "printers.default", mode = "suggest" }]\n'
                    'go = { any = "i_admin", unsure = "o_help" }')  # fmt: skip
    stage = scene(wizard, facts=snapshot())
    state = begin(stage)
    step = stage.step(state)
    assert isinstance(step, Question)
    assert choices(stage, step) == ("Büro", "Lager")
    assert suggested_answer(stage, state) == "Büro"


def test_pick_offers_one_of_the_probe_s_lists() -> None:
    wizard = sample(q_what='kind = "question"\ntype = "pick"\nsource = "processes.hung"\nfield = "what"\n'
                    'go = { any = "i_admin", unsure = "o_help" }')  # fmt: skip
    rows = {"top_cpu": [{"name": "chrome"}], "hung": [{"name": "excel.exe"}, {"name": None}, {"name": "excel.exe"}]}
    facts = replace(snapshot(), probes={"processes": ProbeResult(ProbeStatus.OK, rows)})
    stage = scene(wizard, facts=facts)
    step = stage.step(begin(stage))
    assert isinstance(step, Question)
    assert choices(stage, step) == ("excel.exe",)
    assert choices(scene(wizard, facts=snapshot()), step) == ()


def test_list_ahead_follows_the_hopeful_way() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = begin(stage)
    assert steps_ahead(stage, state) == ("q_works", "o_ok")
    assert (progress(stage, state).number, progress(stage, state).count) == (1, 6)


SHIPPED = load_library(resources() / "wizards").wizards
LIBRARY = {name: one for name, one in SHIPPED.items() if not one.is_list}
STEPS_OF_ALL = [step for one in LIBRARY.values() for step in one.steps.values()]
FINDINGS = sorted({getattr(one, name, "") for one in STEPS_OF_ALL for name in ("finding", "verify")} - {""})


@given(data=st.data(), audience=st.sampled_from(Audience), wizard=st.sampled_from(sorted(LIBRARY)))
def test_every_run_ends_and_each_state_survives_a_restart(data: st.DataObject, audience: Audience, wizard: str) -> None:
    states = {one: data.draw(st.sampled_from(FindingState)) for one in FINDINGS}
    facts = snapshot(
        *(one for one, state in states.items() if state is FindingState.PRESENT),
        unknown=tuple(one for one, state in states.items() if state is FindingState.UNKNOWN),
        known=tuple(FINDINGS),
    )
    stage = Scene(LIBRARY, facts)
    audience = max(audience, LIBRARY[wizard].audience, key=list(Audience).index)  # some are for technicians only
    state = begin(stage, audience, wizard)
    happened: list[events.Event] = []
    for _ in range(60):
        assert from_document(json.loads(json.dumps(to_document(state)))) == state
        if state.phase.is_over:
            break
        happened.append(_anything(data, stage, state))
        state = engine.advance(stage, state, happened[-1])
    assert state.phase is Phase.FINISHED
    assert go_on(stage, begin(stage, audience, wizard), *happened) == state  # same answers, same way


def _anything(data: st.DataObject, stage: Scene, state: RunState) -> events.Event:
    step = stage.step(state)
    if state.phase is Phase.COLLECTING:
        return events.Filled(missing_fields(stage, state)[0], data.draw(st.none() | st.text(max_size=5)), AT)
    if state.phase is Phase.VERIFYING:
        return events.Verified(data.draw(st.sampled_from(FindingState)), AT)
    if state.phase is Phase.JUDGING:
        return events.Judged(data.draw(st.booleans()), AT)
    if isinstance(step, Question):
        ids = answer_ids(step)
        return events.Answered(data.draw(st.none() | (st.sampled_from(ids) if ids else st.text(max_size=5))), AT)
    assert isinstance(step, Instruction | Action)
    return events.Tried(data.draw(st.sampled_from(Try)), AT)


@pytest.mark.parametrize("phase", [Phase.JUDGING, Phase.VERIFYING, Phase.COLLECTING, Phase.FINISHED])
def test_a_step_that_became_another_kind_is_asked_as_what_it_is_now(phase: Phase) -> None:
    """A newer version of the checklist may ask where an older one acted or ended."""
    stage = scene(sample())
    state = replace(begin(stage), step="q_what", phase=phase)
    state = engine.resume(stage, state, audience=Audience.EMPLOYEE, at=AT)
    assert (state.step, state.phase) == ("q_what", Phase.ASKING)
    assert engine.advance(stage, state, events.Answered("red", AT)).step != "q_what"


def test_a_field_of_a_run_whose_step_or_checklist_is_gone_fits_nowhere() -> None:
    stage = scene(sample())
    gone = replace(begin(stage), step="i_gone")
    for state in (gone, replace(gone, wizard="gone")):
        with pytest.raises(AppError) as caught:
            engine.advance(stage, state, events.Filled("since", "gestern", AT))
        assert caught.value.code == "wizard.event"
