"""Every rule of the format is seen failing on a file into which exactly that fault was put."""

from __future__ import annotations

import re

import pytest

from desktop.base.texts import load_texts
from desktop.domain.wizard import graph
from desktop.domain.wizard.cases import check_cases
from desktop.domain.wizard.library import assemble
from desktop.domain.wizard.problems import Rule
from desktop.domain.wizard.reader import MAX_BYTES, MAX_STEPS
from desktop.domain.wizard.validator import Known, check_file
from tests.domain.wizard.samples import CASES, FIELD, HEAD, STEPS, sample, sample_text
from tests.domain.wizard.test_list_format import FAULTS as LIST_FAULTS

KNOWN = Known(
    findings=frozenset({"a.broken", "a.red", "a.blue"}),
    probes=frozenset({"printers"}),
    actions=frozenset({"printer.test_page", "spooler.restart", "coffee.brew"}),
    admin_actions=frozenset({"spooler.restart"}),
    idle_actions=frozenset({"coffee.brew"}),
    pages=frozenset({"settings.wifi"}),
    wizards={},
)


def rules(text: str, *, name: str = "sample", known: Known = KNOWN) -> set[tuple[str, str]]:
    return {(one.rule.value, one.step) for one in check_file(text.encode(), known, name=name)}


def changed(step: str, old: str, new: str) -> str:
    assert old in STEPS[step]
    return sample_text(**{step: STEPS[step].replace(old, new)})


def test_sample_has_no_problem() -> None:
    assert rules(sample_text()) == set()


MANY = [f'{{ id = "a{number}", de = "x", en = "x" }}' for number in range(61)]
FAULTS = {
    "exit missing": (changed("q_what", ', unsure = "o_help"', ""), Rule.EXITS, "q_what"),
    "unknown missing": (changed("c_one", ', unknown = "q_what"', ""), Rule.EXITS, "c_one"),
    "fixed missing": (changed("i_fix", 'fixed = "q_works", ', ""), Rule.EXITS, "i_fix"),
    "skipped missing": (changed("i_admin", ', skipped = "o_help"', ""), Rule.EXITS, "i_admin"),
    "exit unknown": (changed("c_one", "present", 'maybe = "q_what", present'), Rule.UNKNOWN_EXIT, "c_one"),
    "target missing": (changed("c_one", 'absent = "q_what"', 'absent = "q_gone"'), Rule.TARGET, "c_one"),
    "loop": (changed("q_after", 'no = "o_help"', 'no = "i_admin"'), Rule.LOOP, "i_admin"),
    "loop onto itself": (changed("q_what", 'blue = "o_help"', 'blue = "q_what"'), Rule.LOOP, "q_what"),
    "unreachable": (sample_text(o_extra='kind = "outcome"\nresult = "info"'), Rule.UNREACHABLE, "o_extra"),
    "dead end": (
        changed("a_try", 'go = { done = "q_works", failed = "o_help", declined = "o_help" }', "go = {}"),
        Rule.DEAD_END,
        "a_try",
    ),
    "start": (sample_text(head=HEAD.replace('"c_one"', '"c_two"')), Rule.START, ""),
    "German missing": (changed("o_ok", "result", 'text.en = "Fine"\ntext.de = ""\nresult'), Rule.LANGUAGE, "o_ok"),
    "English missing": (
        changed("q_what", ', en = "Red"', ""),
        Rule.LANGUAGE,
        "q_what",
    ),
    "title missing": (sample_text(head=HEAD.replace('title.en = "Sample"', "")), Rule.LANGUAGE, ""),
    "too long": (
        changed("o_ok", "result", f'text.de = "{"x" * 221}"\ntext.en = "x"\nresult'),
        Rule.LENGTH,
        "o_ok",
    ),
    "admin action not said to be one": (
        changed("a_try", "printer.test_page", "spooler.restart"),
        Rule.NEEDS_ADMIN,
        "a_try",
    ),
    "action on no system": (changed("a_try", "printer.test_page", "coffee.brew"), Rule.NOWHERE, "a_try"),
    "admin for everybody": (changed("a_try", "action =", "admin = true\naction ="), Rule.ADMIN, "a_try"),
    "action unknown": (changed("a_try", "printer.test_page", "rm -rf /"), Rule.ACTION, "a_try"),
    "page unknown": (changed("i_fix", "verify", 'open = "file:///etc"\nverify'), Rule.PAGE, "i_fix"),
    "not askable": (sample_text(field=""), Rule.ASKABLE, "o_help"),
    "nobody asks whether it works": (
        changed("i_fix", 'fixed = "q_works"', 'fixed = "q_what"'),
        Rule.WORKS_NOW,
        "i_fix",
    ),
    "finding unknown": (changed("c_one", "a.broken", "a.gone"), Rule.FINDING, "c_one"),
    "verified finding unknown": (changed("i_fix", "a.broken", "a.gone"), Rule.FINDING, "i_fix"),
    "trigger unknown": (sample_text(head=HEAD.replace("a.broken", "a.gone")), Rule.FINDING, ""),
    "probe unknown": (
        sample_text(head=HEAD + 'probes = ["palantir"]\n'),
        Rule.PROBE,
        "",
    ),
    "attachment unknown": (changed("o_help", "required", 'attach = ["palantir"]\nrequired'), Rule.PROBE, "o_help"),
    "answer twice": (changed("q_what", 'id = "blue"', 'id = "red"'), Rule.ANSWER_IDS, "q_what"),
    "automatic answer unknown": (changed("q_what", 'answer = "red"', 'answer = "green"'), Rule.AUTO, "q_what"),
    "jump unknown": (sample_text(q_after='kind = "jump"\nwizard = "elsewhere"'), Rule.JUMP, "q_after"),
    "jump onto itself": (sample_text(q_after='kind = "jump"\nwizard = "sample"'), Rule.JUMP_LOOP, "q_after"),
    "misspelt key": (changed("i_fix", "verify", "verifi"), Rule.UNKNOWN_KEY, "i_fix"),
    "wrong type": (changed("a_try", "action =", 'admin = "yes"\naction ='), Rule.SHAPE, "a_try"),
    "kind unknown": (changed("o_ok", '"outcome"', '"script"'), Rule.SHAPE, "o_ok"),
    "name": (sample_text(head=HEAD.replace('"sample"', '"../sample"')), Rule.NAME, ""),
    "newer format": (sample_text(head=HEAD.replace("format = 1", "format = 2")), Rule.NEWER, ""),
    "no format": (sample_text(head=HEAD.replace("format = 1", "")), Rule.FORMAT, ""),
    "key twice": (sample_text(head=HEAD + "minutes = 4\n"), Rule.DUPLICATE, ""),
    "step twice": (sample_text(extra='[step.o_ok]\nkind = "outcome"'), Rule.DUPLICATE, ""),
    "quotation mark missing": (sample_text(head=HEAD.replace('"Sample"', '"Sample')), Rule.UNREADABLE, ""),
    "number too large": (sample_text(head=HEAD.replace("minutes = 3", "minutes = " + "9" * 5000)), Rule.NUMBER, ""),
    "category unknown": (sample_text(head=HEAD.replace('"other"', '"palantir"')), Rule.CATEGORY, ""),
    "no minutes": (sample_text(head=HEAD.replace("minutes = 3", "minutes = 0")), Rule.RANGE, ""),
    "minutes of a week": (sample_text(head=HEAD.replace("minutes = 3", "minutes = 9999")), Rule.RANGE, ""),
    "version below one": (sample_text(head=HEAD.replace("version = 3", "version = -1")), Rule.RANGE, ""),
    "text of no character": (changed("q_what", "field =", "max = 0\nfield ="), Rule.RANGE, "q_what"),
    "field of no character": (sample_text(field=FIELD + "max = 0"), Rule.RANGE, "since"),
    "case of minus one step": (sample_text(extra='[[case]]\nend = "o_ok"\nmax_human = -1'), Rule.RANGE, ""),
    "priority unknown": (changed("o_help", "required", 'priority = "asap"\nrequired'), Rule.PRIORITY, "o_help"),
    "team in words": (changed("o_help", "required", 'team = "The IT <b>"\nrequired'), Rule.TEAM, "o_help"),
    "offline is no yes or no": (changed("o_help", "required", 'offline = "yes"\nrequired'), Rule.SHAPE, "o_help"),
    "choice without answers": (
        sample_text(field=FIELD.replace('"text"', '"choice"')),
        Rule.INCOMPLETE,
        "since",
    ),
    "pick without source": (changed("q_works", '"yesno"', '"pick"'), Rule.INCOMPLETE, "q_works"),
    "works_now in words": (changed("q_works", '"yesno"', '"text"'), Rule.WORKS_NOW_TYPE, "q_works"),
    "name for an exit that is none": (
        changed("o_ok", "result", 'say.maybe = { de = "V", en = "M" }\nresult'),
        Rule.UNKNOWN_EXIT,
        "o_ok",
    ),
    "finding of a case unknown": (
        sample_text(extra='[[case]]\nfindings = ["a.gone"]\nend = "o_ok"'),
        Rule.FINDING,
        "",
    ),
    "case ends at a question": (sample_text(extra='[[case]]\nend = "q_what"'), Rule.CASE_NAME, ""),
    "fix of a case misspelt": (sample_text(extra='[[case]]\nend = "o_ok"\nfix = ["i_fxi"]'), Rule.CASE_NAME, ""),
    "answer of a case misspelt": (
        sample_text(extra='[[case]]\nend = "o_ok"\nanswers = { what = "green" }'),
        Rule.CASE_NAME,
        "",
    ),
    "too few cases": (sample_text(cases=CASES.partition('[[case]]\nname = "red"')[0]), Rule.FEW_CASES, ""),
    "end without a case": (sample_text(cases=CASES.replace('"o_ok"', '"o_help"')), Rule.UNTESTED, "o_ok"),
    "answers without end": (
        changed("q_what", '{ id = "blue"', ", ".join(MANY) + ', { id = "blue"'),
        Rule.TOO_MANY,
        "q_what",
    ),
    "answers of a field without end": (
        sample_text(field=FIELD + f"answers = [{', '.join(MANY)}]"),
        Rule.TOO_MANY,
        "since",
    ),
    "keywords without end": (
        sample_text(head=HEAD.replace('"lampe"', ", ".join(['"lampe"'] * 101))),
        Rule.TOO_MANY,
        "",
    ),
    "writing direction turned": (
        changed("o_ok", "result", 'text.de = "Rechnung\\u202efdp.exe"\ntext.en = "x"\nresult'),
        Rule.CHARACTERS,
        "o_ok",
    ),
    "control sign on another system": (
        changed("o_ok", "result", 'text_linux = { de = "a\\u0007", en = "b" }\nresult'),
        Rule.CHARACTERS,
        "o_ok",
    ),
    "hidden sign in a keyword": (sample_text(head=HEAD.replace('"lamp"', '"la\\u200bmp"')), Rule.CHARACTERS, ""),
    "markup": (changed("q_what", '"Red"', '"<b>Red</b>"'), Rule.MARKUP, "q_what"),
}
LINKS = {
    "https://intra.example.com/hilfe?x=1": True,
    "mailto:it@example.com": True,
    "problem": True,
    "http://example.com": False,
    "file:///etc/passwd": False,
    "javascript:alert(1)": False,
    "https://": False,
    "https://user@evil.example": False,
    "https://exa mple.com": False,
    "mailto:it@example.com?bcc=all@example.com": False,
    "../secret": False,
}


@pytest.mark.parametrize("link", LINKS)
def test_links_lead_to_pages_addresses_and_articles_only(link: str) -> None:
    found = rules(changed("o_help", "required", f'link = "{link}"\nrequired'))
    assert found == (set() if LINKS[link] else {("link", "o_help")})


def test_keys_in_brackets_and_spaces_of_print_are_no_markup() -> None:
    text = 'text.de = "Drücken Sie <Strg>\u00a0+\u202f<C>, 3 < 4 & 5 > 4"\ntext.en = "x"\nresult'
    assert rules(changed("o_ok", "result", text)) == set()


def test_warnings_are_no_errors() -> None:
    text = sample_text(cases="").replace('"Rot"', '"<i>Rot</i>"')
    found = check_file(text.encode(), KNOWN, name="sample")
    assert {one.rule for one in found} == {Rule.FEW_CASES, Rule.UNTESTED, Rule.MARKUP}
    assert not any(one.is_error for one in found)
    assert set(assemble({"sample": text.encode()}, KNOWN).wizards) == {"sample"}


@pytest.mark.parametrize("fault", FAULTS)
def test_seeded_fault_is_found(fault: str) -> None:
    text, rule, step = FAULTS[fault]
    assert (rule.value, step) in rules(text)


def test_each_rule_has_a_seeded_fault() -> None:
    elsewhere = {
        Rule.TOO_BIG,
        Rule.MANY_STEPS,
        Rule.ENCODING,
        Rule.NESTED,
        Rule.MORE,
        Rule.CASE,
        Rule.PATH_LENGTH,
        Rule.LINK,
    }
    lists = {one[1] for one in LIST_FAULTS.values()} | {Rule.JUMP_MODE, Rule.LIST_LENGTH, Rule.SECTION_LENGTH}
    assert {one[1] for one in FAULTS.values()} | elsewhere | lists == set(Rule)


def test_file_must_be_named_like_its_id() -> None:
    assert ("name", "") in rules(sample_text(), name="other")


def test_many_human_steps_are_only_a_warning() -> None:
    chain = {
        f"q_{number}": f'kind = "question"\ntype = "yesno"\nfield = "f{number}"\n'
        f'go = {{ yes = "q_{number + 1}", no = "o_ok", unsure = "o_ok" }}'
        for number in range(9)
    }
    last = {
        "q_9": 'kind = "question"\ntype = "yesno"\nfield = "f9"\ngo = { yes = "o_ok", no = "o_ok", unsure = "o_ok" }'
    }
    head = HEAD.replace('"c_one"', '"q_0"')
    text = sample_text(head=head, field="", **{**dict.fromkeys(STEPS, ""), "o_ok": STEPS["o_ok"], **chain, **last})
    found = [one for one in check_file(text.encode(), KNOWN) if one.rule is Rule.PATH_LENGTH]
    assert [one.is_error for one in found] == [False]
    assert found[0].text.parameters["count"] == 10


def test_a_step_that_somebody_is_led_past_is_none_on_their_way() -> None:
    """Technicians do the first, employees the second: neither does both."""
    first = (
        'kind = "action"\naction = "spooler.restart"\nadmin = true\naudience = "technician"\n'
        'go = { done = "q_works", failed = "o_help", declined = "o_help", skipped = "i_fix" }'
    )
    wizard = sample(c_one=STEPS["c_one"].replace('"i_fix"', '"a_first"'), a_first=first)
    by_hand = graph.longest_human_path(wizard, graph.graph_of(wizard), "i_fix")
    assert graph.longest_human_path(wizard, graph.graph_of(wizard), "a_first") == by_hand
    longer = first.replace('failed = "o_help"', 'failed = "i_fix"')
    both = sample(c_one=STEPS["c_one"].replace('"i_fix"', '"a_first"'), a_first=longer)
    assert graph.longest_human_path(both, graph.graph_of(both), "a_first") == by_hand + 1


def test_an_action_on_no_system_is_only_a_warning_and_none_for_technicians() -> None:
    text = changed("a_try", "printer.test_page", "coffee.brew")
    assert [one.is_error for one in check_file(text.encode(), KNOWN, name="sample")] == [False]
    alone = STEPS["a_try"].replace("printer.test_page", "coffee.brew").replace("go =", 'audience = "technician"\ngo =')
    alone = alone.replace('failed = "o_help"', 'failed = "o_help", skipped = "o_help"')
    assert rules(sample_text(a_try=alone)) == set()


def test_failed_further_step_proves_it_does_not_work() -> None:
    broken = STEPS["i_fix"].replace('fixed = "q_works"', 'fixed = "a_try"')
    assert ("works_now", "i_fix") in rules(sample_text(i_fix=broken))  # declined leads to the end unasked
    asked = STEPS["a_try"].replace('declined = "o_help"', 'declined = "q_works"')
    assert rules(sample_text(i_fix=broken, a_try=asked)) == set()


def test_jumps_in_a_circle_across_files_are_found() -> None:
    other = sample_text(head=HEAD.replace('"sample"', '"other"'), q_after='kind = "jump"\nwizard = "sample"')
    this = sample_text(q_after='kind = "jump"\nwizard = "other"')
    found = assemble({"sample": this.encode(), "other": other.encode()})
    assert not found.wizards
    assert {one.rule for one in found.problems["sample"]} == {Rule.JUMP_LOOP}


def test_a_fix_may_not_lead_to_an_escalation_over_a_jump_unasked() -> None:
    jump = 'kind = "jump"\nwizard = "other"'
    fix = STEPS["i_fix"].replace('fixed = "q_works"', 'fixed = "j_on"')
    this = sample_text(i_fix=fix, j_on=jump)
    other = sample_text(head=HEAD.replace('"sample"', '"other"'))
    found = assemble({"sample": this.encode(), "other": other.encode()})
    assert {(one.rule, one.step, one.text.parameters["target"]) for one in found.problems["sample"]} == {
        (Rule.WORKS_NOW, "i_fix", "other.o_help")
    }
    asked = sample_text(i_fix=fix, j_on=STEPS["q_works"].replace('"q_what"', '"j_two"'), j_two=jump)
    assert set(assemble({"sample": asked.encode(), "other": other.encode()}).wizards) == {"sample", "other"}


def test_bad_file_harms_only_those_that_lead_to_it() -> None:
    good = sample_text(head=HEAD.replace('"sample"', '"good"'))
    leads = sample_text(q_after='kind = "jump"\nwizard = "bad"')
    far = sample_text(head=HEAD.replace('"sample"', '"far"'), q_after='kind = "jump"\nwizard = "sample"')
    files = {"good": good, "sample": leads, "far": far, "bad": "format = 1\n[[["}
    found = assemble({name: text.encode() for name, text in files.items()})
    assert set(found.wizards) == {"good"}
    assert set(found.problems) == {"sample", "far", "bad"}


def test_case_that_ends_elsewhere_is_a_problem() -> None:
    case = '[[case]]\nname = "broken"\nfindings = ["a.broken"]\nfix = ["i_fix"]\nend = "{end}"\nmax_human = {most}\n'
    for end, most, faults in (("o_ok", 2, 0), ("o_ok", 1, 1), ("o_help", 2, 1)):
        wizard = sample(cases=case.format(end=end, most=most))
        assert len(check_cases({}, wizard)) == faults


HEAD_KEYS = (b"id", b"version", b"category", b"start", b"title", b"keywords", b"findings", b"field", b"step")
HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "not UTF-8": sample_text().encode("utf-16"),
    "torn": sample_text().encode()[:700],
    "deep list": b"format = 1\na = " + b"[" * 50_000,
    "deep table": b"format = 1\nstep = " + b"{a=" * 5_000,
    "deep header": b"format = 1\n[step" + b".a" * 5_000 + b"]\nkind = 'check'",
    "huge": b"# " + b"x" * MAX_BYTES,
    "huge number": b"format = 1\nminutes = " + b"9" * 100_000,
    "steps are a list": b"format = 1\nstep = [1, 2]\n",
    "step is a number": b"format = 1\nstep.a = 3\n",
    "everything a list": b"format = 1\n" + b"\n".join(b"%s = [[]]" % one for one in HEAD_KEYS),
    "question of lists": b"format = 1\n[step.q]\nkind = \"question\"\nanswers = [1]\nauto = 3\nlines = {}\n",
    "dates for texts": b"format = 1\nid = 2026-01-01\nversion = true\ntitle = 1979-05-27T07:32:00Z\ncase = [3]\n",
    "null bytes": b"format = 1\nid = \"a\x00b\"",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_gives_problems_and_no_traceback(name: str) -> None:
    found = check_file(HOSTILE[name], KNOWN, name="sample")
    assert any(one.is_error for one in found)
    for language in ("de", "en"):
        texts = load_texts(language)
        assert all(texts.render(one.text) != one.text.code for one in found)


def test_too_many_steps_are_refused() -> None:
    steps = "".join(f'[step.s{number}]\nkind = "outcome"\nresult = "info"\n' for number in range(MAX_STEPS + 1))
    assert rules("format = 1\n" + steps) == {("many_steps", "")}


WHOLE_FILE = {Rule.NUMBER, Rule.NESTED, Rule.TOO_BIG, Rule.MANY_STEPS, Rule.NEWER}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rule", Rule)
def test_each_rule_says_where_and_what_to_do(rule: Rule, language: str) -> None:
    """The place or the line, a sentence about the fault, and one about the cure."""
    said = load_texts(language).text(f"wizard.problem.{rule.value}")
    assert said != f"wizard.problem.{rule.value}"
    assert rule in WHOLE_FILE or "{place}: " in said or "{line}" in said
    assert said.endswith(".")
    assert re.search(r"[.;] \S", said)
