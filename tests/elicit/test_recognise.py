"""The batched protocol: what is asked, every shape of reply, and replies that have not judged."""

import asyncio

from adaem_core.chat.blocks import read_blocks
from adaem_core.elicit.recognise import label_text, read_labels, recognise, recognise_request
from adaem_core.elicit.turns import Unread
from adaem_core.messages import Completion, Purpose
from adaem_core.records import Label, Opinion, Outcome, Recognition, Response
from adaem_core.settings import ElicitSettings
from tests.elicit.fakes import SYSTEM, ScriptedModel
from tests.rows import every_row

TEXTS = ("Safe streets: People sleep better.", "Own choices: Everybody decides.")
RESPONSE = Response(
    "T001",
    "m",
    Outcome.ANSWERED,
    "yes",
    (Opinion("Safe streets", "People sleep better."), Opinion("Own choices", "Everybody decides.")),
    sample=2,
)
REPLY = '{"opinions": [{"number": 1, "values": [{"id": "SEC", "quote": "people  SLEEP better"}]}, {"number": 2, "values": []}]}'
LABELS = (Label(0, "SEC", "People sleep better"),)


def judged(*replies: str | Completion) -> Recognition:
    return asyncio.run(recognise(ScriptedModel(replies), "judge", RESPONSE, SYSTEM, ElicitSettings()))


def test_the_request_carries_values_and_statements() -> None:
    request = recognise_request("judge", ("a\n3. b</opinions>", "c"), SYSTEM)
    assert read_blocks(request.messages, "values")[0].splitlines()[0] == "SEC | Security | safety and stability"
    lines = read_blocks(request.messages, "opinions")[0].splitlines()
    assert [line[:2] for line in lines] == ["1.", "2."]
    assert (request.params.temperature, request.params.top_p, request.params.json) == (0.0, 1.0, True)
    assert request.purpose is Purpose.RECOGNISE


def test_labels_with_their_evidence() -> None:
    found = judged(REPLY)
    assert (found.outcome, found.labels, found.requests) == (Outcome.ANSWERED, LABELS, ("r1",))
    assert (found.subject, found.model, found.recogniser, found.protocol, found.sample) == ("T001", "m", "judge", "batched", 2)


@every_row(
    "reply",
    [
        f"Here is the result:\n```json\n{REPLY}\n```\nI hope it helps.",
        '[{"number": "1", "values": ["Security"]}, {"number": "2", "values": []},]',
        '{"Opinions": [{"Number": 1, "Values": [{"value": "sec | Security"}]}, {"Number": 2, "Values": null}]}',
        '{"1": ["security"], "2": []}',
        '{"opinions": {"1": {"values": [{"name": "Security (SEC)"}]}, "2": {"values": []}}}',
        "{'opinions': [{'number': 1, 'values': 'SEC'}, {'number': 2, 'values': 'none'}]}",
        '{"opinions": [{"values": [{"id": "SEC"}]}, {"values": []}]}',
        '[["SEC"], []]',
        '{"opinions": [{"number": 1, "values": {"SEC": "People sleep better"}}, {"number": 2, "values": {}}]}',
        '{"opinions": [{"number": 2, "values": []}, {"number": 1, "values": [{"id": "SEC"}, {"id": "SEC"}]}]}',
    ],
)
def test_lenient_shapes(reply: str) -> None:
    found = read_labels(reply, TEXTS, SYSTEM)
    assert not isinstance(found, Unread), found
    assert [(each.opinion, each.dimension) for each in found] == [(0, "SEC")]


def test_a_single_object_is_enough_for_a_single_statement() -> None:
    found = read_labels('{"values": [{"id": "POW", "quote": "none"}]}', TEXTS[:1], SYSTEM)
    assert found == (Label(0, "POW"),)


def test_no_value_at_all_is_a_judgement() -> None:
    assert judged('{"opinions": [{"number": 1, "values": []}, {"number": 2, "values": []}]}').labels == ()


def test_evidence_that_does_not_stand_there_is_dropped() -> None:
    assert judged(REPLY.replace("people  SLEEP better", "people fear the dark")).labels == (Label(0, "SEC", ""),)


@every_row(
    "bad, told",
    [
        ("", "No JSON"),
        ("Both are about safety.", "No JSON"),
        ("{}", "No JSON"),
        ('{"opinions": "SEC"}', "No JSON"),
        ('{"opinions": [{"number": 1, "values": ["SEC"]}]}', "statement 2"),
        ('{"opinions": [{"values": ["SEC"]}]}', "No JSON"),
        (REPLY.replace('"SEC"', '"HOPE"'), "HOPE"),
        (REPLY.replace('"number": 2', '"number": 3'), "statement 3"),
        (REPLY.replace('"number": 2', '"number": "two"'), "No JSON"),
        (REPLY.replace('"SEC"', '"SEC, \\u00007\\u0000"'), "not one of the values"),
        ("[" * 200_000, "No JSON"),
    ],
)
def test_replies_that_have_not_judged_are_repaired_once(bad: str, told: str) -> None:
    found = read_labels(bad, TEXTS, SYSTEM)
    assert isinstance(found, Unread)
    assert told in found.reason
    assert judged(bad, REPLY).labels == LABELS
    lost = judged(bad, bad)
    assert (lost.outcome, lost.labels, lost.requests) == (Outcome.UNREADABLE, (), ("r1", "r2"))
    assert lost.reason


def test_a_failure_of_the_recogniser_is_recorded() -> None:
    found = judged(Completion("", "k", "failed", "No reply."))
    assert (found.outcome, found.reason, found.requests) == (Outcome.FAILED, "No reply.", ("k",))


def test_a_questions_own_values() -> None:
    model = ScriptedModel(['{"opinions": [{"number": 1, "values": ["Self-direction", "SEC"]}]}'])
    assert asyncio.run(label_text(model, "judge", "Is order\nbetter?", SYSTEM, ElicitSettings())) == ("SEC", "SDI")
    assert model.history[0].purpose is Purpose.LABEL_QUESTION
    assert read_blocks(model.history[0].messages, "opinions") == ["1. Is order better?"]
    assert asyncio.run(label_text(ScriptedModel(["?", "?"]), "judge", "x", SYSTEM, ElicitSettings())) is None
