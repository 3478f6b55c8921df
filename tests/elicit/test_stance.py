"""Stances as models really word them."""

from adaem_core.elicit.opinions import Parsed, read_answer
from tests.rows import every_row

POINTS = """
Key Points:
1. Freedom of choice: People should be able to choose how they live, and the state should not decide it for them.
2. Social trust: When rules are fair and known, people trust each other and cooperate more easily.
3. Lower costs: It is cheaper for families and for the public budget, which leaves money for other needs."""

WORDINGS = {
    "yes": [
        "Stance: Yes",
        "Stance: yes.",
        "**Stance:** Yes",
        "**Stance: Yes**",
        "Stance: **Yes**",
        "# Stance: Yes",
        "## Stance\nYes",
        "Stance:\n\nYes",
        "Stance - Yes",
        "Stance – yes",
        "Stance is yes",
        "My stance: Yes",
        "My stance is yes.",
        "Stance: Yes, individuals across cultures do exhibit discomfort.",
        "Stance: Leaning yes",
        "Stance: Mostly yes",
        "Stance: Qualified yes",
        "Stance: Conditional yes",
        "Stance: YES!",
        "Your answer is:\nStance: yes",
        "Sure! Here is my answer:\n\nStance: Yes",
        "Yes",
        "Yes.",
        "Yes, I believe so.",
        "**Yes**",
        "Position: Yes",
        "Answer: Yes",
        "Final Answer: Yes",
        "My answer is yes.",
        "Stance: <yes>",
        "Stance: [Yes]",
        'Stance: "Yes"',
        "Stance： Yes",
        "STANCE: YES",
        "stance = yes",
        "Stance: Agree",
        "Stance: Strongly agree",
        "Stance: In favor",
        "Stance: Support",
        "Stance: Affirmative",
        "I strongly agree with this.",
        "My position on this question is yes.",
        "Stance on the question: Yes",
        "Stance (yes/no/neutral): Yes",
        "- Stance: Yes",
        "✅ Stance: Yes",
        "assistant: Stance: Yes",
        "<|channel|>analysis<|message|>Stance: No?<|end|><|start|>assistant<|channel|>final<|message|>Stance: Yes",
        "🗳️ **Stance:** Yes",
        "<stance>Yes</stance>",
        "<answer>\n<stance>\nYes\n</stance>",
        "\\textbf{Stance:} Yes",
        "1. Stance: Yes\n2.",
        "Overall stance: Yes",
        "Stance: Yes - because it works",
        "Stance: I would say yes",
        "```\nStance: Yes",
        "<think>I could say no. Stance: No</think>Stance: Yes",
        "Stance: Yes (with caveats)",
        "Stance:Yes",
        "*Stance*: Yes",
        "_Stance:_ Yes",
        "Stance: Definitely yes",
        "> Stance: Yes",
        'For the question "Is it good?":\nStance: yes',
        "| Stance | Yes |\n",
        "Stance: Yes/Agree",
    ],
    "no": [
        "Stance: No",
        "Stance: No, suppressing emotions in Japanese workplaces is harmful.",
        "Stance: no – it depends",
        "Stance: Not necessarily",
        "Stance: Leaning no",
        "Stance: Disagree",
        "Stance: Strongly disagree",
        "Stance: Oppose",
        "Stance: Against",
        "Stance: Negative",
        "No.",
        "No, I don't think so.",
        "I disagree.",
        "I would say no.",
        "Stance: Mostly No",
        "Stance: I do not support this",
        "Stance: Probably not",
        "Stance: **No**, but with nuance",
    ],
    "neutral": [
        "Stance: Neutral",
        "Stance: Neutral (It's a complex mix of both)",
        "Stance: It depends",
        "Stance: Both",
        "Stance: Mixed",
        "Stance: Partially",
        "I am neutral.",
        "I'm neutral on this issue.",
        "Stance: neutral, leaning yes",
        "Stance: Yes and no",
        "Stance: Balanced",
        "Stance: Nuanced",
        "Stance: Undecided",
        "Stance: N/A",
        "Stance: None",
        "Stance: No stance",
        "Stance: No clear stance",
        "Stance: I don't have a personal opinion",
        "Stance: I do not take sides",
        "As an AI, I have no personal opinions, but here is a view.\nStance: Neutral",
        "As an AI language model, I don't have personal opinions.",
        "I'm sorry, but as an AI I cannot take a stance on this.",
        "Stance: Neither yes nor no",
        "Stance: Context-dependent",
        "Stance: Ambivalent",
        "Stance: Somewhat",
        "Stance: That depends on the context",
        "Neutral",
        "It depends.",
        "Stance: Depends on the culture",
        "I take a neutral stance on this.",
        "Stance: Neutral/It depends",
        "Stance: As an AI, I do not have personal beliefs",
        "Stance: Not sure",
        "I remain neutral.",
        "Stance: Neutral.\n\nReasoning: it's a mix.",
    ],
    None: [
        "Stance: yes/no/neutral",
        "Stance: <your stance: yes/no/neutral>",
        "Here we go:",
        "Stance: Yes, No or Neutral",
        "Stance: one word, which is Yes, No or Neutral",
    ],
}


@every_row("stance, wording", [(stance, wording) for stance, wordings in WORDINGS.items() for wording in wordings])
def test_wordings(stance: str | None, wording: str) -> None:
    found = read_answer(wording + POINTS, 3)
    assert (found.stance if isinstance(found, Parsed) else None) == stance
    if isinstance(found, Parsed):
        assert [each.point for each in found.opinions] == ["Freedom of choice", "Social trust", "Lower costs"]


@every_row(
    "wording, stance",
    [
        ("Definitely not", "no"),
        ("Absolutely no", "no"),
        ("Definitely", "yes"),
        ("Not sure", "neutral"),
        ("People should be able to choose", None),
        ("No objection", None),
        ("Not opposed", None),
        ("I can't say no to this", None),
        ("It's not a no, but not a yes either", None),
        ("Against the ban (so yes, allow it)", None),
        ("Yes. Sorry, I meant No.", None),
        ("Yes for adults, no for children", None),
        ("Yes, no exceptions", "yes"),
        ("No doubt about it: Yes", "yes"),
        ("Not only yes, but emphatically yes", "yes"),
        ("By no means", "no"),
        ("No rather than yes", "no"),
        ("No, because a yes would cost too much", "no"),
    ],
)
def test_wordings_that_look_alike(wording: str, stance: str | None) -> None:
    found = read_answer(f"Stance: {wording}{POINTS}", 3)
    assert (found.stance if isinstance(found, Parsed) else None) == stance


@every_row(
    "sentence, stance",
    [
        ("Hmm, thinking more about it, I would rather say No.", "unread"),
        ("In the end, my answer is no.", "unread"),
        ("In the end, my answer is yes.", "yes"),
        ("Would I ever say no?", "yes"),
    ],
)
def test_a_sentence_beside_the_points_with_another_stance(sentence: str, stance: str) -> None:
    for reply in (f"Stance: Yes\n\n{sentence}\n{POINTS}", f"Stance: Yes\n{POINTS}\n\n{sentence}"):
        found = read_answer(reply, 3)
        assert (found.stance if isinstance(found, Parsed) else "unread") == stance


def test_a_stance_after_the_points() -> None:
    found = read_answer(POINTS.strip() + "\n\nStance: No", 3)
    assert isinstance(found, Parsed)
    assert (found.stance, len(found.opinions)) == ("no", 3)
