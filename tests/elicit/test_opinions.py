"""The grammar of answers, against the texts that were rendered: every layout must give back exactly what went in."""

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.elicit.opinions import Parsed, read_answer
from adaem_core.elicit.turns import Unread
from adaem_core.records import Opinion, Outcome
from tests.elicit.layouts import LAYOUTS, NEEDS_TWO, render
from tests.rows import every_row

POINTS = (
    Opinion("Freedom of choice", "People should be able to choose how they live, and the state should not decide it for them."),
    Opinion("Social trust", "When rules are fair and known: people trust each other - and cooperate - more easily with strangers."),
    Opinion("Lower costs", "It is cheaper for families and the budget (e.g. by 3.5% in 2020), which leaves money for other needs."),
)
HEAD = "Stance: Yes\nKey Points:\n"
ENDS = {
    "none": "",
    "conclusion": "\n\nIn conclusion, these ideas show why the answer is yes.",
    "conclusion on the next line": "\nOverall, I think the balance is clear.",
    "bold conclusion": "\n\n**Conclusion:** On balance the answer is yes.",
    "paragraph": "\n\nWeighing everything, a fair society needs all of it.",
    "justification of all": "\n\nJustification:\nTaken as a whole the points reinforce one another.",
    "word count": "\n\n(Word count: 120)",
}
REAL = Path(__file__).resolve().parents[2] / "../shared/testdata/llm_answers/answers.csv"


def parsed(text: str, wanted: int = 3) -> Parsed:
    found = read_answer(text, wanted)
    assert isinstance(found, Parsed), f"{found}\n{text}"
    return found


@every_row("end", ENDS)
@every_row("layout", LAYOUTS)
def test_every_layout_gives_back_its_points(layout: str, end: str) -> None:
    for between in ("\n", "\n\n", "\r\n"):
        found = parsed(HEAD + render(POINTS, LAYOUTS[layout], between=between) + ENDS[end])
        assert (found.stance, found.opinions) == ("yes", POINTS)


words = st.sampled_from(
    ["freedom", "family", "trust", "markets", "shared", "duties", "local", "customs", "fair", "rules", "health", "young", "people"]
)
# At least five words: "Freedom — a common good: …" would be a point of two parts, not a dash after the point.
clause = st.lists(words, min_size=5, max_size=9).map(" ".join)
sentence = st.builds(
    "{}{} and the {}.".format, clause.map(str.capitalize), st.sampled_from([",", ";", ":", " -", " (2020)", " “quoted”"]), clause
)
points = st.builds(
    Opinion,
    st.lists(words, min_size=1, max_size=7).map(" ".join).map(str.capitalize),
    st.lists(sentence, min_size=1, max_size=3).map(" ".join),
)
STANCES = {"Yes": "yes", "**No**": "no", "Neutral (it is a mix of both)": "neutral", "Yes, on the whole.": "yes", "leaning no": "no"}
PREAMBLES = (
    "",
    "Your answer is:\n",
    "Sure! Here is my answer to the question.\n\n",
    "<think>\nStance: No?\n1. A: b\n</think>\n\n",
    "```\n",
    "As an AI I have no personal opinions, but: \n",
)
HEADINGS = (
    "Key Points:",
    "**Key Points:**",
    "## Key Points",
    "Key points (ranked):",
    "**Key Points**\n",
    "Key Points and Justifications:",
    "KEY POINTS：",
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(points, min_size=1, max_size=6),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(sorted(STANCES)),
    st.sampled_from(PREAMBLES),
    st.sampled_from(HEADINGS),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
    st.integers(1, 6),
)
def test_any_points_in_any_layout(
    given_points: list[Opinion], layout: str, stance: str, preamble: str, heading: str, between: str, wanted: int
) -> None:
    if layout in NEEDS_TWO and len(given_points) == 1:
        return
    text = f"{preamble}Stance: {stance}\n{heading}\n{render(given_points, LAYOUTS[layout], between=between)}"
    found = parsed(text, wanted)
    assert found.stance == STANCES[stance]
    assert found.opinions == tuple(dict.fromkeys(given_points))[:wanted], "what is said twice counts once"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text() | st.text(alphabet="1.):-*_#|<>[]{}\"' \n\\aA:Stance yes Key Points", max_size=400), st.integers(1, 6))
def test_never_raises_and_never_gives_more_than_wanted(text: str, wanted: int) -> None:
    found = read_answer(text, wanted)
    assert isinstance(found, Unread) or 1 <= len(found.opinions) <= wanted


HOSTILE = [
    "<think>",
    "</think>",
    "[",
    "*",
    "_",
    "`",
    "{",
    '{"a":',
    "1. ",
    "1.\n",
    "- ",
    "Stance: ",
    "|",
    "#",
    "> ",
    "(",
    " ",
    "\n",
    "\x00",
    "\ud800",
    "x:\n",
    '"',
    "a: ",
    "no ",
]


@pytest.mark.timeout(120)  # a catastrophic pattern would take hours; all of these together take seconds
@every_row("piece", HOSTILE)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    for size in (19_900, 200_000):
        for start in ("", HEAD + "1. "):
            read_answer((start + piece * size)[:size], 3)


@every_row("stance", ["Yes. ", "Stance: Yes\n", "Stance: Yes\nKey Points:\n", "I agree with this. "])
def test_points_told_in_running_text(stance: str) -> None:
    told = f"{stance}First, trust: People cooperate more easily. Secondly, order: Rules are known. Finally, cost: It is cheap."
    expected = (Opinion("trust", "People cooperate more easily."), Opinion("order", "Rules are known."), Opinion("cost", "It is cheap."))
    assert parsed(told).opinions == expected


def test_ordinals_within_a_listed_point_belong_to_it() -> None:
    found = parsed("Stance: Yes\n\n**Trust:** First, people meet. Second, they talk.\n\n**Order:** Rules are known. Finally, they hold.")
    assert [each.point for each in found.opinions] == ["Trust", "Order"]


def test_fewer_points_than_wanted_are_still_an_answer() -> None:
    assert parsed(HEAD + "1. Trust: People cooperate more easily.").opinions == (Opinion("Trust", "People cooperate more easily."),)


def test_a_point_without_colon_is_its_first_sentence() -> None:
    found = parsed(HEAD + "1. Rules protect the weak. Without them the strong decide, e.g. in markets.\n2. Trust grows.")
    assert found.opinions == (
        Opinion("Rules protect the weak", "Without them the strong decide, e.g. in markets."),
        Opinion("Trust grows", ""),
    )
    assert [each.text for each in found.opinions][1] == "Trust grows"


def test_justifications_of_several_lines_and_paragraphs_are_whole() -> None:
    text = HEAD + "1. Trust: It grows slowly.\n\n   It is lost at once.\n2. Order:\n- It protects.\n- It calms.\n\n   And it lasts."
    assert [each.justification for each in parsed(text).opinions] == [
        "It grows slowly. It is lost at once.",
        "It protects. It calms. And it lasts.",
    ]


def test_points_on_one_line() -> None:
    text = "Stance: No Key Points: 1. Trust: It grows. 2. Order: It protects. 3. Wealth: It lasts."
    assert [each.point for each in parsed(text).opinions] == ["Trust", "Order", "Wealth"]


@every_row("between", ["Question: Should zoos be closed?\n", "Q2: zoos?\n", "User: And zoos?\n"])
def test_a_second_answer_is_left_out_where_another_question_stands_before_it(between: str) -> None:
    text = HEAD + f"1. Trust: It grows.\n\n{between}Stance: No\nKey Points:\n1. Order: It protects."
    assert parsed(text).opinions == (Opinion("Trust", "It grows."),)


@every_row("second, counts", [("Stance: No", False), ("Stance: Yes", True), ("Wait, actually, let me redo this.\n\nStance: No", True)])
def test_a_second_answer_needs_a_word_or_the_same_stance(second: str, counts: bool) -> None:
    found = read_answer(HEAD + f"1. Trust: It grows.\n\n{second}\nKey Points:\n1. Order: It protects.", 3)
    assert isinstance(found, Parsed) is counts


@every_row(
    "text",
    [
        '{"stance": "No", "key_points": [{"point": "Trust", "justification": "It grows."}, {"point": "Order", "justification": "It lasts."}]}',
        '```json\n{"Stance": "no", "Key Points": {"1": "Trust: It grows.", "2": "Order: It lasts."},}\n```',
        "Here you are: {'stance': 'No', 'points': [{'title': 'Trust', 'explanation': 'It grows.'}, {'Order': 'It lasts.'}]}",
        '{"answer": {"stance": "No.", "points": ["1. Trust: It grows.", "2. Order: It lasts."]}}',
    ],
)
def test_answers_in_json(text: str) -> None:
    assert parsed(text) == Parsed("no", (Opinion("Trust", "It grows."), Opinion("Order", "It lasts.")))


@every_row(
    "text, outcome, reason",
    [
        ("", Outcome.UNREADABLE, "empty"),
        (" \n ", Outcome.UNREADABLE, "empty"),
        ("<think>I wonder", Outcome.UNREADABLE, "empty"),
        ("word " * 5000, Outcome.UNREADABLE, "too long"),
        ("I'm sorry, but I can’t help with that.", Outcome.REFUSED, "can't help"),
        ("As an AI, I don't take positions on such questions.", Outcome.REFUSED, "positions"),
        ("I cannot assist with this. I could instead:\n1. Explain the law\n2. Suggest books", Outcome.REFUSED, "assist"),
        ("Stance: Yes", Outcome.UNREADABLE, "no points"),
        ("Stance: Yes\nKey Points:\n1. your point: your justification", Outcome.UNREADABLE, "no points"),
        ("Stance: yes/no/neutral\nKey Points:\n1. Trust: It grows.", Outcome.UNREADABLE, "no stance"),
        ("The weather was fine and the boats lay in the harbour.", Outcome.UNREADABLE, "neither"),
        ("立场：是\n要点：\n1. 自由：每个人都应该能够决定自己的生活。", Outcome.UNREADABLE, "Chinese"),
    ],
)
def test_what_is_no_answer_says_why(text: str, outcome: Outcome, reason: str) -> None:
    found = read_answer(text, 3)
    assert isinstance(found, Unread)
    assert found.outcome is outcome
    assert reason in found.reason


def test_declining_a_view_but_weighing_the_points_is_neutral() -> None:
    text = "As an AI, I cannot take a stance on this. Here are the considerations:\n\nKey Points:\n1. Trust: It grows.\n2. Order: It lasts."
    assert parsed(text).stance == "neutral"


@pytest.mark.skipif(not REAL.is_file(), reason="needs ../shared/testdata/llm_answers beside the checkout")
def test_every_real_answer_is_read_and_its_judged_words_are_found() -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 132
    outside = []
    for row in rows:
        found = parsed(row["answer"])
        assert len(found.opinions) == 3
        assert all(each.point and len(each.justification) > 40 for each in found.opinions)
        if letters(row["highlight_spans"])[:60] not in letters(" ".join(f"{each.point} {each.justification}" for each in found.opinions)):
            outside.append(row["highlight_spans"])
    # The words that the published judges marked lie within the opinions; one of them had marked a closing remark.
    assert [each[:39] for each in outside] == ["By prioritizing independent learning, t"]


def letters(text: str) -> str:
    """Return the letters of a text without Markdown, spaces and the number of its point."""
    return "".join(filter(str.isalnum, text)).lstrip("0123456789")


@cache
def every_third() -> list[Parsed]:
    """Return every third real answer, read once for all layouts."""
    with REAL.open(encoding="utf-8", newline="") as file:
        return [parsed(row["answer"]) for row in list(csv.DictReader(file))[::3]]


@pytest.mark.skipif(not REAL.is_file(), reason="needs ../shared/testdata/llm_answers beside the checkout")
@every_row("layout", sorted(LAYOUTS))
def test_real_points_survive_every_layout(layout: str) -> None:
    answers, lost = every_third(), 0
    for answer in answers:
        again = parsed(
            f"Stance: {answer.stance}\n\nKey Points:\n{render(answer.opinions, LAYOUTS[layout])}\n\nIn summary, all this counts."
        )
        assert (again.stance, len(again.opinions)) == (answer.stance, 3)
        lost += again.opinions != answer.opinions
    # Where a real point is a whole sentence or holds dashes, some layouts leave its end open; its words are kept all the same.
    assert lost <= 0.1 * len(answers), f"{lost} of {len(answers)} came back otherwise"
