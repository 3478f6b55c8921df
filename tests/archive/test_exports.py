"""Exports of answers and tables with lines that describe their columns: questions are read from names, labels and parts, and no line of answers is one."""

import json

import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.sources import question_file
from tests.rows import every_row

CARS, LIES, STEM = "Should cities ban cars?", "Is lying ever right?", "How much do you agree?"
BOTH = [CARS, LIES]
IMPORTED = '"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}"\n'


def asked(name: str, content: str) -> list[str]:
    """Return the texts that are asked, in their order."""
    return [each.text for each in question_file((name, content.encode())).asked]


@every_row(
    "content, texts",
    [
        (f"Timestamp,{CARS},Comments,{LIES}\n2026/01/01 10:00:00 AM,Yes,It is loud here,No\n2026/01/02 10:00:00 AM,No,,No\n", BOTH),
        (f"Timestamp,{CARS}\n2026/01/01 10:00,Yes\n2026/01/02 10:00,No\n", [CARS]),
        (f"id. Response ID,G01Q01. {CARS},G01Q02. {LIES}\n1,Yes,No\n2,No,No\n", BOTH),
        (f"Response ID,{STEM} [Cars are loud],{STEM} [Lies hurt]\n1,3,4\n2,2,5\n", [f"{STEM} — Cars are loud", f"{STEM} — Lies hurt"]),
        (f"Respondent ID,{STEM},,{CARS}\n,Cars are loud,Lies hurt,Response\n114,3,4,Yes\n115,2,5,No\n", [f"{STEM} — Cars are loud", f"{STEM} — Lies hurt", CARS]),
        (f"StartDate,Q1_1,Q1_2\nStart Date,{STEM} - Cars are loud,{STEM} - Lies hurt\n{IMPORTED}2026,3,4\n", [f"{STEM} — Cars are loud", f"{STEM} — Lies hurt"]),
        (f"StartDate,Q1,Q1_4_TEXT\nStart Date,{CARS} - Selected Choice,{CARS} - Other (please specify) - Text\n{IMPORTED}2026,Yes,\n", [CARS]),
        (f"StartDate,Q1_1,Q1_2\nStart Date,{CARS} - Yes,{CARS} - No\n{IMPORTED}2026,Yes,\n2026,,No\n", [CARS]),
        (f"CASE,V1,V2\nInterview number,{CARS},{LIES}\n1,2,1\n2,1,1\n", BOTH),
        (f"start,views/{CARS},views/{LIES},_id,_uuid\n2026-01-01,Yes,No,1,u\n2026-01-02,No,No,2,v\n", BOTH),
        ("start,He/she must pay?,He/she may go?,_id\n2026-01-01,Yes,No,1\n2026-01-02,No,No,2\n", ["He/she must pay?", "He/she may go?"]),
        (f"Record ID,{STEM} [Score],{STEM} [Lies]\n1,3,4\n2,2,5\n", [f"{STEM} — Score", f"{STEM} — Lies"]),
        (f"StartDate,Q1_1,Q1_2\nStart Date,{CARS} - Selected Choice - Yes,{CARS} - Selected Choice - No\n{IMPORTED}2026,Yes,\n2026,,No\n", [CARS]),
        (f"Timestamp,Total score,{CARS},{CARS} [Score],{CARS} [Feedback]\n2026-01-01,1 / 1,Yes,1 / 1,\n2026-01-02,1 / 1,No,1 / 1,\n", [CARS]),
        (f"Submission ID,{CARS},Points - {CARS},{LIES},Points - {LIES}\n1,Yes,0,No,0\n2,No,0,No,0\n", BOTH),
    ],
)  # fmt: skip
def test_questions_stand_in_names_labels_and_parts(content: str, texts: list[str]) -> None:
    assert asked("export.csv", content) == texts


@every_row(
    "content",
    [
        f"id,question,n\nstring,string,int\n1,{CARS},5\n2,{LIES},7\n",
        f"id,question,n\nVARCHAR(20),text,\"decimal(4,2)\"\n1,{CARS},5\n2,{LIES},7\n",
        f"id,question,n\nItem,The words,Answers\n1,{CARS},5\n2,{LIES},7\n",
        f"id,question,n\nid,question,n\n1,{CARS},5\n2,{LIES},7\n",
    ],
)  # fmt: skip
def test_lines_that_describe_the_columns_are_no_rows(content: str) -> None:
    assert asked("a.csv", content) == BOTH


def test_a_row_that_only_looks_like_a_description_stays() -> None:
    assert asked("a.csv", f"id,question,n\nx,{CARS},none\n1,{LIES},7\n2,Is it so?,8\n") == [CARS, LIES, "Is it so?"]


@every_row(
    "content, texts",
    [
        (f"item,question\nV1,{CARS}\nV2,{LIES}\nV3,Is it so?\n", [*BOTH, "Is it so?"]),
        (f"item,wording\ntrust_cars,{CARS}\ntrust_lies,{LIES}\n", BOTH),
        (f"text,label\nq_cars,{CARS}\nq_lies,{LIES}\n", BOTH),
        (f"title,statement\nSurvey,{CARS}\nSurvey,{LIES}\nSurvey,Is it so?\n", [*BOTH, "Is it so?"]),
        (f"title,wording\nCars,{CARS}\nLies,{LIES}\n", BOTH),
        (f"answer_text,item_text\nYes,{CARS}\nNo,{LIES}\n", BOTH),
        (f'"question" "n"\n"1" "{CARS}" 1\n"2" "{LIES}" 2\n', BOTH),
        (f"question\tn\n1\t{CARS}\t3\n2\t{LIES}\t4\n", BOTH),
        (f"#\tquestion\n1\t{CARS}\n2\t{LIES}\n", BOTH),
        (f"question;n\n{CARS};1,5\n{LIES};2,5\n", BOTH),
    ],
)
def test_the_column_that_asks_is_found_among_codes_titles_and_rows_with_names(content: str, texts: list[str]) -> None:
    assert asked("a.csv", content) == texts


@every_row(
    "value, texts",
    [
        ({"pages": [{"name": "p", "elements": [{"type": "matrix", "name": "m", "title": STEM, "rows": ["Cars are loud", {"value": "b", "text": "Lies hurt"}]}]}]}, [f"{STEM} — Cars are loud", f"{STEM} — Lies hurt"]),
        ([{"id": "1", "item": {"question": CARS}}, {"id": "2", "item": {"question": LIES}}], BOTH),
        ([{"type": "select_one yn", "name": "a", "label": CARS}, {"type": "note", "name": "n", "label": "Thank you"}, {"type": "select_one yn", "name": "b", "label": LIES}], BOTH),
    ],
)  # fmt: skip
def test_parts_wrappings_and_structures_in_json_are_read(value: object, texts: list[str]) -> None:
    assert asked("a.json", json.dumps(value)) == texts


@every_row(
    "name, content, says",
    [
        ("chats.json", json.dumps([{"title": CARS, "mapping": {}, "current_node": "a"}]), "whole conversations"),
        ("claude.json", json.dumps([{"name": CARS, "chat_messages": []}]), "whole conversations"),
        ("a.txt", r"{\rtf1\ansi Should cities ban cars?}", "formatted document"),
        ("a.csv", "%PDF-1.7\nShould cities ban cars?\n", "formatted document"),
        ("a.txt", f"INSERT INTO items (id, text) VALUES (1, '{CARS}');\n", "a program, its settings or a dump"),
        ("a.txt", f'VARIABLE LABELS v1 "{CARS}".\n', "a program, its settings or a dump"),
        ("a.txt", f"[q1]\ntext = {CARS}\ntype = yesno\n", "a program, its settings or a dump"),
        ("a.txt", "MIME-Version: 1.0\nShould cities ban cars?\n", "formatted document"),
    ],
)
def test_conversations_and_documents_are_refused(name: str, content: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        question_file((name, content.encode()))


def test_a_vector_of_r_is_a_list() -> None:
    assert asked("items.txt", f'items <- c(\n  "{CARS}",\n  "{LIES}"\n)\n') == BOTH


def test_plain_texts_that_all_begin_small_are_one_each() -> None:
    assert asked("a.txt", "should cities ban cars\nis lying ever right\n") == ["should cities ban cars", "is lying ever right"]


def test_questions_beside_those_that_are_read_are_told() -> None:
    notes = question_file(("a.csv", f"text,follow up\n{CARS},Why is that so?\n{LIES},Since when is it so?\n".encode())).notes
    assert any("questions or sentences stand in others as well" in note and "follow up" in note for note in notes)


@every_row(
    "name, content",
    [
        ("psytoolkit.txt", f"scale: agree\n- no\n- yes\n\nl: cars\nt: radio\nq: {CARS}\n- yes\n- no\n\nl: lies\nt: scale agree\nq: {LIES}\n- To friends, at times\n"),
        ("promptfoo.txt", f"providers:\n  - openai:gpt-4o\ntests:\n  - vars:\n      question: {CARS}\n  - vars:\n      question: {LIES}\n"),
        ("interview.txt", f"Interviewer: {CARS}\nRespondent: At least the large ones.\nInterviewer: {LIES}\nRespondent: It may be kinder.\n"),
        ("aiken.txt", f"{CARS}\nA. Yes, all of them\nB. No, none of them\nANSWER: A\n\n{LIES}\nA. Yes, it may be\nB. No, it never is\nANSWER: B\n"),
        ("numbered.txt", f"1. {CARS}\nA) Yes, all of them\nB) No, none of them\n2. {LIES}\nA) Yes, it may be\nB) No, it never is\n"),
        ("answers over lines.txt", f"Q: {CARS}\nA: All of them.\nI am sure.\nQ: {LIES}\nA: It is not.\n"),
        ("gift.txt", f"// two questions\n::Cars::{CARS} {{T}}\n\n::Lies::{LIES} {{\n~It may be\n=Never\n}}\n"),
        ("boxes.md", f"### 1. {CARS}\n\n- [ ] All of them\n- [ ] None of them\n\n### 2. {LIES}\n\n- [ ] It may be\n- [ ] It never is\n"),
        ("emoji.txt", f"✅ {CARS}\n👉🏽 {LIES}\n"),
        ("list.md", f"# Values\n\nThese were collected in 2026. Please cite us.\n\n1. {CARS}\n2. {LIES}\n"),
    ],
)  # fmt: skip
def test_what_stands_around_questions_in_plain_lines_is_left_out_and_told(name: str, content: str) -> None:
    found = question_file((name, content.encode()))
    assert [each.text for each in found.asked] == BOTH
    assert any("left out" in note or "Left out" in note for note in found.notes)


@every_row(
    "content, texts",
    [
        (f"a) {CARS}\nb) Cars are far too loud.\nc) {LIES}\n", [CARS, "Cars are far too loud.", LIES]),
        (f"1. {CARS}\n2. Cars are far too loud.\nTaxes are far too high.\n3. {LIES}\n", [CARS, "Cars are far too loud.", "Taxes are far too high.", LIES]),
        ("Cars: should they go?\nCars: are they loud?\nLies: are they right?\nNote: they hurt.\n", ["Cars: should they go?", "Cars: are they loud?", "Lies: are they right?", "Note: they hurt."]),
        ("Cars: should they go?\nLies: are they right?\n", ["Cars: should they go?", "Lies: are they right?"]),
        ("Is {x = 1} a set?\nIs {y = 2} one?\n", ["Is {x = 1} a set?", "Is {y = 2} one?"]),
    ],
)  # fmt: skip
def test_statements_in_a_list_and_labels_of_one_text_each_stay(content: str, texts: list[str]) -> None:
    assert asked("a.txt", content) == texts


def qualtrics() -> str:
    """Return a survey as Qualtrics keeps it: a matrix, a text, and a question in its trash."""

    def question(id: str, text: str, kind: str, **more: object) -> dict[str, object]:
        return {"Element": "SQ", "Payload": {"QuestionID": id, "DataExportTag": id, "QuestionText": text, "QuestionType": kind, **more}}

    trash = {"Type": "Trash", "BlockElements": [{"Type": "Question", "QuestionID": "Q9"}]}
    matrix = {"Choices": {"1": {"Display": "Cars are loud"}, "2": {"Display": "Lies hurt"}}, "ChoiceOrder": ["2", "1"]}
    elements = [
        {"Element": "BL", "Payload": {"0": {"Type": "Default"}, "1": trash}},
        question("Q1", STEM, "Matrix", **matrix),
        question("Q2", "Welcome to all.", "DB"),
        question("Q9", "Was this thrown away?", "MC"),
        question("Q3", f"<b>{CARS}</b>", "MC", Choices={"1": {"Display": "Yes"}}),
        question("Q4", "How warm are you to them?", "Slider", Choices={"1": {"Display": "Friends"}}),
        question("Q5", LIES, "Slider", Choices={"1": {"Display": ""}}),
    ]
    return json.dumps({"SurveyElements": elements})


@every_row("name", ["survey.qsf", "survey.json"])
def test_a_survey_of_qualtrics_asks_each_statement_of_a_matrix_and_nothing_from_its_trash(name: str) -> None:
    assert asked(name, qualtrics()) == [f"{STEM} — Lies hurt", f"{STEM} — Cars are loud", CARS, "How warm are you to them? — Friends", LIES]


@every_row(
    "value, texts",
    [
        ({"title": "Values", "fields": [{"id": "a", "title": CARS}, {"id": "g", "title": "Now money", "type": "group", "properties": {"fields": [{"id": "b", "title": LIES}]}}]}, BOTH),
        ({"requests": [{"custom_id": each, "params": {"messages": [{"role": "user", "content": each}]}} for each in BOTH]}, BOTH),
        ([{"custom_id": each, "body": {"input": each}} for each in BOTH], BOTH),
        ([{"id": 1, "input": each, "target": "yes", "metadata": {"topic": "cars"}} for each in BOTH], BOTH),
    ],
)  # fmt: skip
def test_groups_requests_and_samples_in_json_are_read(value: object, texts: list[str]) -> None:
    assert asked("a.json", json.dumps(value)) == texts


def test_statements_above_answers_are_asked_and_how_a_question_was_shown_is_not() -> None:
    assert asked("a.csv", "Timestamp,Cars are too loud.,Lies hurt a friend.\n2026/01/01,5,4\n2026/01/02,1,4\n") == [
        "Cars are too loud.",
        "Lies hurt a friend.",
    ]
    assert asked("a.csv", f"StartDate,Q1,Q1_DO\nStart Date,{CARS},{CARS} - Display Order\n{IMPORTED}2026,Yes,1|2\n") == [CARS]
