"""Read what an author calls its fact: the one or two sentences asked for, without greeting, label and marks, or the reason why there are none.

Data flow: `reply → read_fact → the fact on one line | Unread`.
"""

import re

from adaem_core.archive.texts import is_question
from adaem_core.elicit.plain import LONGEST, plain, prepare
from adaem_core.elicit.refusal import refuses
from adaem_core.elicit.turns import Unread
from adaem_core.records import Outcome

FEWEST, MOST = 5, 120  # words; two sentences are asked for
LISTED = re.compile(r"^\s*(?:[-*•+–>]|\(?\d{1,2}[.)])\s+")
LABEL = re.compile(
    r"^\W{0,4}(?:(?:here(?:'s| is)|this is|one|the|a|an|my|specific|relevant|checkable|verifiable|concrete|and|possible|interesting|background)[\s,]+)*"
    r"(?:facts?|background|answer|response|output)\b[^:.!?\n]{0,60}:\W{0,4}",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^\W{0,3}(?:sure|certainly|of course|absolutely|okay|ok|great|understood|got it|gladly|happy to help|no problem|here (?:it is|you go|goes))"
    r"(?:\s+thing)?(?:[!.,:]+|\s*[-–—]+|$)\s*",
    re.IGNORECASE,
)
HEADING, ALONE = re.compile(r"^#{1,6}\s+"), re.compile(r"^\W*(?:the )?(?:fact|background)\W*$", re.IGNORECASE)
OFFER = re.compile(
    r"^\W{0,3}(?:(?:i'?d|i would) be (?:happy|glad)|let me know|(?:i )?hope (?:this|that)|would you like|(?:please )?feel free)\b",
    re.IGNORECASE,
)
# Words of the request, which an author that echoes it says again.
ECHO = re.compile(
    r"</?(?:topic|parent|examples)>|\(none yet\)|\bname one specific and checkable fact\b|\bwrite one or two sentences\b"
    r"|\bhelp a research team to study\b|\brespondents disagreed more\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"^\W*(?:\[\d+\]\W|sources?\s?:|references?\s?:|https?://)", re.IGNORECASE)


def read_fact(reply: str) -> str | Unread:
    """Return the fact in `reply`, on one line; Unread where the reply declines, echoes the request, asks, or says nothing that could be checked."""
    prepared = prepare(reply[:LONGEST])
    if refuses(prepared):
        return Unread(Outcome.REFUSED, f"The author declined: “{plain(prepared[:1500])[:160]}”")
    if ECHO.search(prepared):
        return unread("repeats the request")
    lines = [plain(LISTED.sub("", line)) for line in prepared.splitlines()]
    told = [each for line in lines if (each := bare(line)) and not OFFER.match(each) and not REFERENCE.match(each)]
    fact = " ".join(told).strip(" \"“”'‘’*_")
    words = len(fact.split())
    if not FEWEST <= words <= MOST:
        return unread(f"holds {words} words beside greetings and labels, outside {FEWEST} to {MOST}")
    return unread("asks instead of telling") if all(is_question(each) for each in told) else fact


def bare(line: str) -> str:
    """Return a line without a greeting and a label before what it says; "" where it holds nothing else."""
    without = GREETING.sub("", HEADING.sub("", line))
    return "" if ALONE.match(without) else LISTED.sub("", LABEL.sub("", without)).strip()


def unread(problem: str) -> Unread:
    """Return the record of a reply that holds no fact."""
    return Unread(Outcome.UNREADABLE, f"The author named no fact: its reply {problem}.")
