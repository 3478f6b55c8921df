"""Topics: the shipped sets, a user's own file, the paper's two sources, and sampling over categories."""

import re
from collections import Counter
from pathlib import Path

import pytest

from adaem_core.archive.table import NO_IDS, read_table
from adaem_core.errors import BadInput
from adaem_core.generate.topics import read_topics, sample_topics, shipped_topics, text_column
from adaem_core.records import Topic
from tests.rows import every_row

TESTDATA = Path(__file__).resolve().parents[2] / "../shared/testdata"
NINE = {
    "Law, Justice, and Human Rights",
    "Politics and International Relations",
    "Economics and Business",
    "Technology and Innovation",
    "Science, Health, and Environment",
    "Education and Media",
    "Social and Cultural Issues",
    "Philosophy and Beliefs",
    "Entertainment and Arts",
}


def real(path: str) -> Path:
    found = TESTDATA / path
    if not found.is_file():
        pytest.skip(f"{path}: real data is not beside this checkout")
    return found


def upload(text: str, name: str = "own.csv") -> tuple[str, bytes]:
    return name, text.encode()


def test_the_general_set_covers_the_nine_categories_evenly() -> None:
    found = read_topics("general")
    counts = Counter(topic.category for topic in found.topics)
    assert set(counts) == NINE and min(counts.values()) >= 20 and len(found.topics) >= 200
    assert {topic.category for topic in found.topics[:9]} == NINE  # so that even a small budget meets every category


@pytest.mark.parametrize("name", sorted(shipped_topics()))
def test_shipped_topics_are_short_distinct_questions(name: str) -> None:
    found = read_topics(shipped_topics()[name])
    assert found.rewritten == found.repeated == found.empty == 0
    for topic in found.topics:
        assert re.fullmatch(r"T\d{3}", topic.id) and topic.text.endswith("?")
        assert 5 <= len(topic.text.split()) <= 14, topic.text


def test_ids_are_given_where_missing_and_never_twice() -> None:
    found = read_topics(upload("id,text\n,We should rest\nT001,We should work\n,We should play\n"))
    assert [(topic.id, topic.text) for topic in found.topics] == [
        ("T002", "Should we rest?"),
        ("T001", "Should we work?"),
        ("T003", "Should we play?"),
    ]
    assert found.topics[0].source == "own.csv" and found.rewritten == 3 and found.statements[0] == "We should rest"


def test_equal_texts_are_merged_and_empty_ones_counted() -> None:
    found = read_topics(upload("text,category\nWe should rest,A\n,A\nwe should  rest.,B\nShould we rest?,B\nIs it late,B\n"))
    assert [topic.text for topic in found.topics] == ["Should we rest?", "Is it late?"]
    assert (found.rows, found.repeated, found.empty) == (5, 2, 1)


@every_row(
    "text, told",
    [
        ("id,text\na,One is?\nb,Two is?\na,Three is?\n", "line 4: id 'a' stands already in line 2"),
        ("id,text\na,\n", "no topic in column 'text'"),
        ("id,text\n", "no topic in column 'text'"),
        ("a,b\n1,2\n", "missing column: none of a, b"),
        ("text\n" + "word " * 200, "line 2: a text of 999 characters"),
    ],
)
def test_faults_name_file_line_and_remedy(text: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_topics(upload(text))
    assert "own.csv" in str(caught.value) and told in str(caught.value), str(caught.value)


@every_row(
    "ids, taken",
    [
        (["a.b", "a#1"], ["a.b", "a_1"]),
        (["ESS9/1", "ESS9.1"], ["ESS9/1", "ESS9.1"]),
        (["a", "a.1", "b.1"], ["a", "a_1", "b_1"]),
        (["SQ[1]", "SQ(1)"], ["SQ_1__2", "SQ_1__3"]),
        (["a" * 70, "b"], ["a" * 64, "b"]),
        (["Frage 1", "É:2"], ["Frage 1", "É:2"]),
        (["1.0", "2.0"], ["1", "2"]),
        (["1.0", "v2.0"], ["1.0", "v2.0"]),
    ],
)
def test_ids_are_kept_where_question_ids_can_be_built_on_them_and_told_where_not(ids: list[str], taken: list[str]) -> None:
    content = "id,text\n" + "".join(f"{id},Is it {number}?\n" for number, id in enumerate(ids))
    found = read_topics(("a.csv", content.encode()))
    assert [each.id for each in found.topics] == taken
    changed = [(id, other) for id, other in zip(ids, taken, strict=True) if id not in {other, f"{other}.0"}]
    assert [all(f"“{id}” as “{other}”" in note for id, other in changed) for note in found.notes if "Ids written" in note] == [True] * bool(
        changed
    )


def test_other_columns_with_ids_are_taken_where_every_text_has_its_own() -> None:
    for name in ("nr", "No", "question_id", "code"):
        assert [each.id for each in read_topics(upload(f"{name},text\n7,Is it?\n9,Was it?\n")).topics] == ["7", "9"]
    assert [each.id for each in read_topics(upload("code,text\n7,Is it?\n7,Was it?\n")).topics] == ["T001", "T002"]


def test_of_versions_of_a_question_the_english_one_is_read_and_the_others_told() -> None:
    found = read_topics(upload("id,question_de,question_en\n1,Ist es wahr?,Is it true?\n2,War es so?,Was it so?\n"))
    assert [each.text for each in found.topics] == ["Is it true?", "Was it so?"]
    assert any("“question_en”" in note and note.endswith("not read: question_de") for note in found.notes)


def test_columns_can_be_chosen_and_must_exist() -> None:
    file = upload("n,long one,Topic,kind\n1,this has very many words,Ban it,K\n")
    assert text_column(read_table(file)) == "Topic"
    assert read_topics(file, column="long one", category_column="kind").topics[0].category == "K"
    for wrong in ({"column": "x"}, {"category_column": "x"}):
        with pytest.raises(BadInput, match=r"no column 'x'\. Its columns: n, long one, Topic, kind"):
            read_topics(file, **wrong)


def test_an_unnamed_text_column_is_the_wordiest() -> None:
    assert text_column(read_table(upload("n,k,q1\n1,short,We should all go home now\n"))) == "q1"
    assert text_column(read_table(upload("n,k\n1,short\n"))) is None


def test_control_characters_and_markup_stay_plain_text() -> None:
    found = read_topics(upload('text\n"Is\x1b[31m <img src=x onerror=alert(1)> safe?"\n'))
    assert found.topics[0].text == "Is [31m <img src=x onerror=alert(1)> safe?"


def test_touche_csv() -> None:
    found = read_topics(real("touche23/touche23_10values.csv"))
    assert found.layout.kind == "touche23" and found.layout.text == "conclusion" and found.layout.id is None
    assert found.rows == 8865 and 300 < len(found.topics) < 600 and found.rows == len(found.topics) + found.repeated + found.empty
    assert found.topics[0] == Topic("T001", "Should we ban human cloning?", "", "Touché23-ValueEval")


def test_touche_official_tsv() -> None:
    content = (
        "Argument ID\tConclusion\tStance\tPremise\nA1\tWe should rest\tin favor of\tit is late\nA2\tWe should rest\tagainst\t5 o'clock\n"
    )
    found = read_topics(upload(content, "arguments-training.tsv"))
    assert found.layout.kind == "touche23" and [topic.text for topic in found.topics] == ["Should we rest?"] and found.repeated == 1


def test_valuebench() -> None:
    found = read_topics(real("valuebench/value_orientation.csv"))
    assert found.layout.kind == "valuebench" and (found.layout.text, found.layout.category) == ("question", "value")
    assert found.rows == 1988 and found.topics[0].category == "Preference for Order and Structure"
    items = read_topics(real("valuebench/value_orientation.csv"), column="item")
    assert items.topics[0].text.startswith('Do you agree with the statement "I find')


def test_sample_spreads_over_categories_and_repeats_with_its_seed() -> None:
    topics = read_topics("general").topics
    drawn = sample_topics(topics, 20, seed=3)
    counts = Counter(topic.category for topic in drawn)
    assert len(set(drawn)) == 20 and set(counts) == NINE and max(counts.values()) - min(counts.values()) <= 1
    assert drawn == sample_topics(topics, 20, seed=3) != sample_topics(topics, 20, seed=4)
    assert set(sample_topics(topics, 10_000, seed=3)) == set(topics)
    with pytest.raises(BadInput, match="at least 1, got 0"):
        sample_topics(topics, 0, seed=3)


def test_sample_of_uneven_categories_takes_what_there_is() -> None:
    topics = [Topic(f"A{n}", f"Is it {n}?", "A") for n in range(10)] + [Topic("B0", "Is it b?", "B")]
    assert Counter(topic.category for topic in sample_topics(topics, 6, seed=1)) == {"A": 5, "B": 1}


def test_the_column_with_the_ids_can_be_chosen_or_there_is_none() -> None:
    file = upload("id,key,text\n1,a,Should we fish in the deep sea?\n2,b,Should we build more roads?\n")
    assert [each.id for each in read_topics(file).topics] == ["1", "2"]
    assert [each.id for each in read_topics(file, ids="key").topics] == ["a", "b"]
    assert [each.id for each in read_topics(file, ids=NO_IDS).topics] == ["T001", "T002"]
    with pytest.raises(BadInput, match="no column 'nr'"):
        read_topics(file, ids="nr")
