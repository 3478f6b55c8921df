"""Files of survey programs: the questions are read, and what else they hold is left out and told."""

from adaem_core.generate.topics import read_topics
from adaem_core.measure.sources import question_file
from tests.rows import every_row

CARS, LIES = "Should cities ban cars?", "Is lying ever right?"
BOTH = [("1", CARS), ("2", LIES)]
LIMESURVEY = "class\ttype/scale\tname\ttext\tlanguage\n"


@every_row(
    "name, content, asked, told",
    [
        ("lime.tsv", f"{LIMESURVEY}G\t\tg\tLife\ten\nQ\tY\t1\t{CARS}\ten\nQ\tX\tx\tThank you for that\ten\nQ\tY\t2\t{LIES}\ten\n", BOTH, "other kinds left out: 2"),
        (
            "parts.tsv",
            f"{LIMESURVEY}Q\tF\tq\tDo you agree?\ten\nSQ\t\ta\tCars are loud\ten\nA\t\t1\tYes\ten\nSQ\t\tb\tLies hurt\ten\nQ\tY\t2\t{LIES}\ten\n",
            [("q_a", "Do you agree? — Cars are loud"), ("q_b", "Do you agree? — Lies hurt"), ("2", LIES)],
            "“question — part”: 2",
        ),
        ("form.csv", f"type,name,label::English,hint\nstart,start,,\nbegin_group,g,Life,\nselect_one yn,1,{CARS},\nnote,n,Thank you,\nselect_one yn,2,{LIES},\nend_group,,,\n", BOTH, "XLSForm: questions kept: 2"),
        (
            "redcap.csv",
            '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels"\n'
            f'1,base,Life,yesno,"{CARS}",\nd,base,,descriptive,"Now the next ones",\n2,base,,radio,{LIES},"1, Yes | 0, No"\n',
            BOTH,
            "REDCap: questions kept: 2",
        ),
        ("forms.csv", f'Timestamp,"{CARS}","{LIES}"\n2026/01/01 10:00,Yes,No\n2026/01/02 10:00,No,No\n', [("Q1", CARS), ("Q2", LIES)], "names of 2 columns"),
        ("monkey.csv", f'Respondent ID,"{CARS}","{LIES}"\n,Response,Response\n114,Yes,No\n', [("Q1", CARS), ("Q2", LIES)], "names of 2 columns"),
        ("qualtrics.csv", f'StartDate,1,2\nStart Date,{CARS},{LIES}\n"{{""ImportId"":""startDate""}}","{{""ImportId"":""QID1""}}","{{""ImportId"":""QID2""}}"\n2026,Yes,No\n', BOTH, "names of 2 columns"),
    ],
)  # fmt: skip
def test_the_questions_of_a_survey_are_read_and_the_rest_is_told(name: str, content: str, asked: list[tuple[str, str]], told: str) -> None:
    found = question_file((name, content.encode()))
    assert [(each.id, each.text) for each in found.asked] == asked and any(told in note for note in found.notes), found.notes


def test_the_section_of_a_question_is_its_category() -> None:
    content = "type,name,label\nselect_one yn,1,Is it so?\n"
    assert [(each.id, each.category) for each in read_topics(("a.csv", content.encode())).topics] == [("1", "")]


def test_answers_that_ask_are_no_export() -> None:
    content = f"{CARS},{LIES}\nIs it so?,Was it so?\nIs it not?,Was it not?\n"
    assert "names of" not in " ".join(question_file(("a.csv", content.encode()), column="column 1").notes)
