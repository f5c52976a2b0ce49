"""Files by people and programs that mean no good or know no better: a sentence for each, no traceback and no hang."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.base.paths import resources
from desktop.base.texts import load_texts
from desktop.domain.wizard import engine, syntax
from desktop.domain.wizard.definition import Audience, Kind
from desktop.domain.wizard.library import assemble
from desktop.domain.wizard.problems import MOST_PROBLEMS, Problem, Rule
from desktop.domain.wizard.reader import MAX_BYTES, MAX_STEPS, parse_wizard
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.syntax import document_of
from desktop.domain.wizard.validator import check_file
from tests.domain.wizard.list_samples import list_text
from tests.domain.wizard.samples import AT, HEAD, STEPS, sample_text

TEXTS = [load_texts(language) for language in ("de", "en")]
GOOD = [one.read_text(encoding="utf-8") for one in sorted((resources() / "wizards").glob("*.toml"))[:4]]
GOOD += [sample_text(), list_text()]
KEYS = ("format", "id", "version", "category", "mode", "mandatory", "audience", "minutes", "start", "probes",
        "findings", "title", "keywords", "step", "item", "field", "case", "kind", "text", "lines", "phone", "go", "say",
        "answers",
        "auto", "type", "max", "source", "finding", "verify", "action", "admin", "wizard", "result", "priority", "team",
        "link", "required", "attach", "offline", "confirm", "section", "text_linux", "de", "en", "c_one", "o_ok",
        "name", "end", "fix", "cannot", "max_human")  # fmt: skip
WORDS = (
    *(one.value for one in Kind),
    "c_one",
    "o_ok",
    "de",
    "sample",
    "choice",
    "read-do",
    "do-confirm",
    "employee",
    "",
)
scalars = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=8), st.integers(-5, 10**12), st.booleans(), st.floats(allow_nan=False),
    st.dates().map(str),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


def written(value: object) -> str:
    """Return a value as TOML on one line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(one):08x}" for one in value) + '"'
        case list():
            return "[" + ", ".join(written(one) for one in value) + "]"  # pyright: ignore[reportUnknownVariableType]
        case dict():
            return "{" + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + "}"  # pyright: ignore[reportUnknownVariableType]
        case _:
            return str(value)


def checked(content: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a file, after making sure that it can be said, and walked where nothing is."""
    found = check_file(content, name="sample")
    assert len(found) <= MOST_PROBLEMS + 1
    for texts in TEXTS:
        for one in found:
            said = texts.render(one.text)
            assert said != one.text.code
            assert said.endswith(".")
            assert len(said) < 600
            assert said.isprintable()
    wizard = parse_wizard(content).wizard
    if wizard is not None and not wizard.is_list and not any(one.is_error for one in found):
        engine.start(Scene({wizard.id: wizard}), wizard.id, run_id="r", audience=Audience.TECHNICIAN, at=AT)
    return found


@given(document=st.dictionaries(st.sampled_from(KEYS), values, max_size=12))
def test_any_document_gives_sentences(document: dict[str, Any]) -> None:
    lines = [f"{key} = {written(value)}" for key, value in document.items() if key != "format"]
    assert any(one.is_error for one in checked("\n".join(["format = 1", *lines]).encode("utf-8", "replace")))


def assert_judged_alike(content: bytes) -> None:
    """The library takes a file exactly where no error was said of it."""
    found = checked(content)
    assert ("sample" in assemble({"sample": content}).wizards) is not any(one.is_error for one in found)


@given(content=st.binary(max_size=400))
def test_any_bytes_give_sentences(content: bytes) -> None:
    assert checked(content)


@settings(max_examples=60)
@given(data=st.data(), text=st.sampled_from(GOOD))
def test_any_damage_to_a_good_file_gives_sentences(data: st.DataObject, text: str) -> None:
    """Parts are cut out, doubled or put elsewhere, and strange characters put in, as bad editors and people do."""
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        part = text[start : start + data.draw(st.integers(0, 60))]
        place = data.draw(st.integers(0, len(text)))
        new = data.draw(
            st.sampled_from(["", part, part + part, "\u202e", "\x00", '"', "]", "[[", "\n[step.o_ok]\n", "=", "ß"])
        )
        text = text[:start] + text[start + len(part) :] if not new else text[:place] + new + text[place:]
    assert_judged_alike(text.encode())


@given(data=st.data(), name=st.sampled_from(sorted(STEPS)))
def test_any_text_in_any_field_gives_sentences(data: st.DataObject, name: str) -> None:
    body = STEPS[name]
    parts = [place for place, one in enumerate(body) if one == '"']
    at = data.draw(st.sampled_from(parts[::2]))
    foreign = data.draw(
        st.text(max_size=300) | st.sampled_from(["\u202e", "<script>", "../../x", "{step}", "%s", "é" * 500])
    )
    assert_judged_alike(
        sample_text(**{name: body[:at] + written(foreign) + body[body.index('"', at + 1) + 1 :]}).encode()
    )


def many(count: int, line: str) -> str:
    """Return a line so many times, with its number in place of #."""
    return ", ".join(line.replace("#", str(number)) for number in range(count))


def choosing(answers: str) -> str:
    """Return the sample with other answers to its question."""
    return sample_text(q_what=f'kind = "question"\ntype = "choice"\nfield = "what"\nanswers = [{answers}]')


def meshed(number: int) -> str:
    """Return a check that leads to three others of all that a file may have."""
    left, right = (number * 7) % MAX_STEPS, (number * 3 + 1) % MAX_STEPS
    ways = f'go = {{ present = "c_{left}", absent = "c_{right}", unknown = "c_0" }}'
    return f'[step.c_{number}]\nkind = "check"\nfinding = "a.b"\n{ways}\n'


def next_one(number: int) -> str:
    """Return a question that leads to the one after it."""
    ways = f'go = {{ any = "q_{number + 1}", unsure = "q_{number + 1}" }}'
    return f'[step.q_{number}]\nkind = "question"\ntype = "text"\nfield = "f"\n{ways}\n'


HUGE = {
    "ten thousand steps": ("format = 1\n" + "".join(f"[step.s{one}]\n" for one in range(10_000)), Rule.MANY_STEPS),
    "ten thousand items": ("format = 1\n" + "".join(f"[item.s{one}]\n" for one in range(10_000)), Rule.MANY_STEPS),
    "a million answers": (sample_text(extra=f"x = [{many(1_000_000, '1')}]"), Rule.TOO_BIG),
    "nine thousand answers": (choosing(many(9_000, "{id = 'a#'}")), Rule.MORE),
    "one answer seven thousand times": (choosing(many(7_000, "{id = 'a', de = 'x', en = 'x'}")), Rule.TOO_MANY),
    "ten thousand ways": (
        sample_text(c_one='kind = "check"\nfinding = "a.b"\ngo = { ' + many(10_000, "e# = 'o_ok'") + " }"),
        Rule.MORE,
    ),
    "ten thousand unknown keys": (HEAD + "".join(f"k{one} = 1\n" for one in range(10_000)), Rule.MORE),
    "ten thousand cases": (sample_text(cases="[[case]]\n" * 10_000), Rule.MORE),
    "lists in lists": ("format = 1\nx = " + "[" * 100_000 + "]" * 100_000, Rule.NESTED),
    "tables in tables": ("format = 1\nx = " + "{a=" * 60_000, Rule.NESTED),
    "a name of points": ("format = 1\n[a" + ".a" * 120_000 + "]\n", Rule.NESTED),
    "a name of points and many keys": (
        "format = 1\n[a" + ".a" * 60_000 + "]\n" + "".join(f"k{one}=1\n" for one in range(10_000)),
        Rule.NESTED,
    ),
    "a number of a hundred thousand digits": (f"format = 1\nminutes = {'9' * 100_000}", Rule.NUMBER),
    "one quotation mark": ('format = 1\nx = "' + "a" * (MAX_BYTES - 20), Rule.UNREADABLE),
    "every step leads to others": (HEAD + "".join(meshed(one) for one in range(MAX_STEPS)), Rule.LOOP),
    "a way of four hundred steps": (
        HEAD.replace('"c_one"', '"q_0"')
        + "".join(next_one(one) for one in range(MAX_STEPS - 1))
        + f'[step.q_{MAX_STEPS - 1}]\nkind = "outcome"\nresult = "info"\n',
        Rule.LANGUAGE,
    ),
}


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.timeout(30)
def test_what_is_too_much_is_refused_without_a_hang(name: str) -> None:
    text, rule = HUGE[name]
    found = checked(text.encode())
    assert any(one.is_error for one in found)
    assert rule in {one.rule for one in found}


@pytest.mark.parametrize("reader", ["tomli", "tomllib"])
@pytest.mark.timeout(30)
def test_neither_reader_hangs_or_crashes(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "toml", pytest.importorskip(reader))
    for text, rule in HUGE.values():
        if rule in (Rule.NESTED, Rule.NUMBER, Rule.UNREADABLE):
            found = document_of(text.encode())
            assert isinstance(found, Problem)
            assert found.rule is rule


@pytest.mark.timeout(30)
def test_a_thousand_bad_files_leave_the_good_one() -> None:
    jumps = 'kind = "jump"\nwizard = "w{}"'
    circle = {
        f"w{one}": sample_text(
            head=HEAD.replace('"sample"', f'"w{one}"'), q_after=jumps.format((one + 1) % 50)
        ).encode()
        for one in range(50)
    }
    torn = {f"t{one}": sample_text().encode()[: 500 + one] for one in range(950)}
    library = assemble({**circle, **torn, "sample": sample_text().encode()})
    assert set(library.wizards) == {"sample"}
    assert {one.rule for name in circle for one in library.problems[name]} == {Rule.JUMP_LOOP}


@pytest.mark.parametrize("reader", ["tomli", "tomllib"])
@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("format = 1\nid = \n", Rule.UNREADABLE, 2, 6),
        ('format = 1\nid = "a\ntitle = 3\n', Rule.UNREADABLE, 2, 8),
        ("format = 1\n[a]\n[a]\n", Rule.DUPLICATE, 3, 3),
        ("format = 1\nformat = 1\nid = 2\n", Rule.DUPLICATE, 2, 11),
        ("format = 1\na = { b = 1, b = 2 }\n", Rule.DUPLICATE, 2, 19),
        ("format = 1\nlines = [\n  1,\n", Rule.UNREADABLE, 4, 1),
    ],
)
def test_faults_of_writing_name_line_and_column(
    text: str, rule: Rule, line: int, column: int, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "toml", pytest.importorskip(reader))
    found = document_of(text.encode())
    assert isinstance(found, Problem)
    assert (found.rule, found.text.parameters["line"], found.text.parameters["column"]) == (rule, line, column)
    assert TEXTS[0].render(found.text).startswith(f"Zeile {line}, Spalte {column}: ")


def test_files_of_windows_are_read() -> None:
    text = sample_text()
    assert check_file(text.replace("\n", "\r\n").encode("utf-8-sig"), name="sample") == ()
    found = check_file(text.encode("cp1252"), name="sample")
    assert [one.rule for one in found] == [Rule.ENCODING]
    assert found[0].text.parameters["line"] == text[: text.index("ü")].count("\n") + 1


def test_places_are_named_as_people_read_them() -> None:
    text = sample_text(
        head=HEAD.replace("minutes = 3", "minutes = 0"),
        field='[field.since]\ntype = "text"\ntext.de = "Seit wann?"\n',
        o_ok='kind = "outcome"\nresult = "resolved"\ntext.de = "Gut"',
        extra='[[case]]\nend = "q_what"\n',
    )
    said = [TEXTS[0].render(one.text) for one in check_file(text.encode(), name="sample")]
    assert {one.partition(":")[0] for one in said} == {
        "Kopf der Datei", "Angabe „since“", "Schritt „o_ok“", "Fall 5",
    }  # fmt: skip
    (item,) = check_file(list_text(cable='text.de = "Kabel"').encode(), name="handout")
    assert TEXTS[1].render(item.text).startswith("Item “cable”: “text.en”")
