"""Every form of reply is read right or said to be unread: the written corpus, and forms composed of its parts."""

from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.chat.thoughts import without_thoughts
from adaem_core.elicit.opinions import Parsed, read_answer
from adaem_core.elicit.recognise import read_labels
from adaem_core.elicit.turns import Unread
from adaem_core.elicit.yes_no import read_yes_no
from adaem_core.records import Opinion
from adaem_core.values import value_system
from tests.elicit.corpus import answers, labels
from tests.elicit.layouts import LAYOUTS, render
from tests.rows import every_row

SCHWARTZ = value_system("schwartz")
ENOUGH = 0.95  # of composed forms, which may break each other in ways that nobody can mend
BLIND, BLIND_LABELS = (
    yaml.safe_load(Path(answers.__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("tried_blind", "tried_blind_labels")
)
Answer = tuple[str | None, tuple[Opinion, ...]]


def answered(reply: str) -> Answer | None:
    """Return stance and points of a reply; None when it is recorded as no answer."""
    found = read_answer(without_thoughts(reply), 3)
    return (found.stance, found.opinions) if isinstance(found, Parsed) else None


def labelled(reply: str) -> tuple[tuple[int, str], ...] | None:
    """Return the labels in a reply; None when it is recorded as unreadable."""
    found = read_labels(without_thoughts(reply), labels.TEXTS, SCHWARTZ)
    return None if isinstance(found, Unread) else tuple((each.opinion, each.dimension) for each in found)


def test_there_are_as_many_forms_as_promised() -> None:
    written = [*answers.READABLE, *answers.UNREADABLE, *labels.READABLE, *labels.UNCLEAR]
    assert len(written) >= 500
    texts = [answers.READABLE[name][0] for name in answers.READABLE] + list(labels.READABLE.values())
    assert len(set(texts)) > 0.97 * len(texts)


@every_row("form", sorted(answers.READABLE))
def test_every_form_of_an_answer_is_read(form: str) -> None:
    reply, stance = answers.READABLE[form]
    assert answered(reply) == (stance, answers.POINTS)


@every_row("form", sorted(BLIND))
def test_forms_tried_blind_are_right_or_flagged(form: str) -> None:
    row = BLIND[form]
    stance = {"own words": None}.get(row["stance"], row["stance"])
    found = answered(row["reply"])
    assert found is None or found == (stance, tuple(Opinion(*each) for each in row["points"]) if "points" in row else answers.POINTS)


def test_nearly_all_forms_tried_blind_are_read() -> None:
    readable = [row["reply"] for row in BLIND.values() if row["stance"] != "unread"]
    assert sum(answered(reply) is not None for reply in readable) >= ENOUGH * len(readable) >= 100 * ENOUGH


def labelled_blind(form: str) -> list[list[object]] | str:
    """Return the labels read in a form tried blind, statements counted from 1; "unread" where there are none."""
    row = BLIND_LABELS["labels"][form]
    found = read_labels(without_thoughts(row["reply"]), BLIND_LABELS["texts"][row["texts"]], value_system(row.get("system", "schwartz")))
    return "unread" if isinstance(found, Unread) else sorted([each.opinion + 1, each.dimension] for each in found)


@every_row("form", sorted(BLIND_LABELS["labels"]))
def test_labels_tried_blind_are_right_or_flagged(form: str) -> None:
    assert labelled_blind(form) in ["unread", *BLIND_LABELS["labels"][form]["right"]]


def test_nearly_all_labels_tried_blind_are_read() -> None:
    readable = [form for form, row in BLIND_LABELS["labels"].items() if "unread" not in row["right"]]
    assert sum(labelled_blind(form) != "unread" for form in readable) >= ENOUGH * len(readable) >= 90 * ENOUGH


@every_row("form", sorted(BLIND_LABELS["verdicts"]))
def test_verdicts_tried_blind_are_right(form: str) -> None:
    row = BLIND_LABELS["verdicts"][form]
    found = read_yes_no(without_thoughts(row["reply"]))
    assert ("unread" if isinstance(found, Unread) else {True: "yes", False: "no"}[found]) == row["right"]


@every_row("form", sorted(answers.UNREADABLE))
def test_what_is_cut_thought_or_left_open_is_no_answer(form: str) -> None:
    assert answered(answers.UNREADABLE[form]) is None


@every_row("form", sorted(labels.READABLE))
def test_every_form_of_labels_is_read(form: str) -> None:
    assert labelled(labels.READABLE[form]) == labels.RIGHT


@every_row("form", sorted(labels.UNCLEAR))
def test_labels_that_nobody_can_tell_are_unread(form: str) -> None:
    assert labelled(labels.UNCLEAR[form]) is None


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(answers.THOUGHTS)),
    st.sampled_from(sorted(answers.STANCES)),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(sorted(answers.ENDS)),
)
def test_composed_answers_are_right_or_flagged(thought: str, stance: str, layout: str, end: str) -> None:
    said, right = answers.STANCES[stance]
    body = f"{said}\nKey Points:\n{render(answers.POINTS, LAYOUTS[layout])}{answers.ENDS[end]}"
    found = answered(answers.wrapped(thought, body))
    assert found is None or found == (right, answers.POINTS)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(answers.VALUES)), st.sampled_from(sorted(answers.SPOILS)), st.sampled_from(sorted(answers.THOUGHTS)))
def test_composed_answers_in_json_are_right_or_flagged(value: str, spoil: str, thought: str) -> None:
    reply = answers.SPOILS[spoil](answers.dumped(answers.VALUES[value]))
    found = answered(answers.wrapped(thought, reply))
    assert found is None or found == ("yes", answers.POINTS)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(labels.VALUES)), st.sampled_from(sorted(labels.QUOTING)), st.sampled_from(sorted(labels.FRAMES)))
def test_composed_labels_are_right_or_flagged(value: str, quoting: str, frame: str) -> None:
    found = labelled(labels.framed(labels.FRAMES[frame], labels.QUOTING[quoting](labels.dumped(labels.VALUES[value]))))
    assert found is None or found == labels.RIGHT


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-2, 10)
    | st.floats(-1, 2)
    | st.sampled_from([*map(str, labels.NOES), "maybe", "lungs rest", "low", "weak"])
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    st.sampled_from(["id", "code", "name", "dimension"]),
    st.sampled_from(["expressed", "score", "confidence", "quote", "holds"]),
    scalars,
    scalars,
)
def test_a_no_is_never_counted(name: str, mark: str, first: object, second: object) -> None:
    """Whatever stands beside two values: what is told by false, 0, null, "no" or a word like them is never a label."""
    values = [{name: "SEL", mark: first}, {name: "HED", mark: second}]
    found = labelled(labels.dumped({"opinions": [{"number": 1, "values": values}, {"number": 2, "values": []}]}))
    for id, said in (("SEL", first), ("HED", second)):
        denied = (
            said is False or said in (0, "no", "No", "false", "False", "absent", "not expressed") or (said is None and mark == "expressed")
        )
        assert not (denied and found is not None and (0, id) in found)


def test_most_composed_forms_are_read() -> None:
    replies = [labels.framed(labels.FRAMES[frame], spoil(labels.JSON)) for frame in labels.FRAMES for spoil in labels.QUOTING.values()]
    read = [labelled(reply) for reply in replies]
    assert sum(found == labels.RIGHT for found in read) >= ENOUGH * len(replies)
    assert {found for found in read if found is not None} == {labels.RIGHT}


@every_row("reply, note", [(labels.JSON, ""), (labels.JSON.replace('"', "'"), ""), (labels.QUOTING["bare keys"](labels.JSON), "repaired")])
def test_what_was_repaired_is_marked(reply: str, note: str) -> None:
    found = read_labels(reply, labels.TEXTS, SCHWARTZ)
    assert not isinstance(found, Unread)
    assert note in found.note and bool(found.note) is bool(note)
    answer = read_answer(answers.JSON if not note else answers.SPOILS["bare keys"](answers.JSON), 3)
    assert isinstance(answer, Parsed)
    assert note in answer.note and bool(answer.note) is bool(note)
