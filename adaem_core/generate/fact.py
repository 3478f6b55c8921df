"""Read what an author calls its fact: the one or two sentences asked for, or the reason why there are none.

A fact speaks of the world. What speaks of itself, of the author or of the reader stands around it (a greeting, an announcement, a
label, an offer, a source) and is left out at the ends; where it stands in the middle, what is the fact cannot be told.
Data flow: `reply → in_form → lines → sentences → the fact on one line | Unread`.
"""

import re
from collections.abc import Sequence
from typing import Any

from adaem_core.archive.texts import is_question
from adaem_core.chat.thoughts import without_thoughts
from adaem_core.elicit.plain import LONGEST, plain, prepare
from adaem_core.elicit.refusal import refuses
from adaem_core.elicit.structured import documents, final, keyed
from adaem_core.elicit.turns import Unread
from adaem_core.records import Outcome

FEWEST, MOST = 5, 120  # words; two sentences are asked for
FACT_KEYS = ("fact", "facts", "finalanswer", "answer", "response", "result", "output", "text", "content", "statement", "background")
ELEMENT = re.compile(
    r"<(?P<name>fact|final_?answer|answer|output|response)(?:\s[^<>]{0,80})?>(?P<inner>.{1,5000}?)(?:</(?P=name)>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
FORM_MARK = re.compile(r"^\s*(?:#{1,6}\s|[-*•+–>|]\s|\(?\d{1,2}[.)]\s)|\s*\|\s*$")
FACT_ABROAD = r"(?:datos?|hechos?|faits?|fakt\w*|tatsache|fatto|feit|fato|факт)"
FACT_WORD = rf"(?:facts?|background|answer|response|output|examples?|claim|statement|statistic|data point|{FACT_ABROAD})"
LABEL = re.compile(
    r"^\W{0,4}(?:(?:here(?:'s| is)|this is|voici|hier ist|ecco|one|the|an?|une?|eine?|my|final|fun|key|specific|relevant|checkable|verifiable|concrete|and|possible|interesting|historical)[\s,]+)*"
    rf"{FACT_WORD}\b(?:\W{{0,3}}\d{{1,2}}\b)?(?:[^:.!?\d\n]{{0,60}}[:：]|\W{{0,3}}\s[-–—](?=\s)|\W*$)\W{{0,4}}",
    re.IGNORECASE,
)
FIELD = re.compile(r"^(?:\w[\w'-]*\s?){1,4}:(?:\s|$)")
SUBJECT_FIELD = re.compile(
    r"^\W*(?:general )?(?:topic|question|subject|theme|title|category|thought|reasoning|tema|thema|sujet)\s?:", re.IGNORECASE
)
GREETING = re.compile(
    r"^\W{0,3}(?:sure|certainly|of course|absolutely|okay|ok|alright|great|understood|got it|gladly|happy to help|no problem)"
    r"(?:\s+thing)?(?:[!.,:]+|\s*[-–—]+|$)\s*",
    re.IGNORECASE,
)
# A sentence that speaks of itself, of me or of you; "the fact that …" speaks of the world.
ABOUT_ITSELF = re.compile(
    r"\bhere(?:'s| is| are| it is| you (?:go|are)| goes)\b|^\W*(?:as requested|did you know\b|word count|hope (?:this|that)|let me|please (?:note|verify|check|let|keep|tell|provide|give|specify|share)|(?:please )?feel free|would you|as an ai\b)"
    r"|^\W*(?:(?:and|but|so|unfortunately|sorry),? )?(?:i|we)(?:'\w{1,2}\b| (?:am|can|cannot|could|do|don't|have|hope|need|know|think|believe|will|would|chose|selected|found)\b)"
    r"|\b(?:you|i) (?:asked|requested|named|gave|chose)\b|\b(?:this|the|one|an?|my|that|no|any) (?:[\w-]+,? ){0,4}facts?\b(?! ?-|\s+that\b)"
    r"|^\W*(?:this|the above|it) (?:information |statement |answer )?(?:can|could|may) be (?:checked|verified)|^\W*(?:this|the) (?:topic|question|response) \w+"
    rf"|(?:\b{FACT_ABROAD}\b|事实|事實|事実|사실)\D{{0,60}}[:：]$|^\W*here it comes\b|\?[\"”]?$",
    re.IGNORECASE,
)
INTERJECTION = re.compile(r"^\W*(?:\w+\s?){1,3}!$")
ENDED = re.compile(r"[.!][\"”’')\]}*]*$")
SENTENCE_END = re.compile(r"(?<=[.!?:：])(?<!\b\d\.)(?<!\b\d\d\.)\s+|(?<=[.!?][\"”)])\s+")
# Words of the request, which an author that echoes it says again.
ECHO = re.compile(
    r"</?(?:topic|parent|examples)>|\(none yet\)|\bname one specific and checkable fact\b|\bwrite one or two sentences\b"
    r"|\bhelp a research team to study\b|\brespondents disagreed more\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.)]\s+\S+(?:\s+\S+){4}", re.MULTILINE)
REFERENCE = re.compile(r"^\W*(?:\[\d+\]\W|https?://|sources?\s?:|references?\s?:)", re.IGNORECASE)
CITATION = re.compile(
    r"\s?\(\[[^\[\]]{0,200}\]\([^()]{0,300}\)\)|【[^【】]{0,40}】|\s?\[\d{1,2}\](?=\W*$|\s)|\s?\((?:sources?|word count|words|ref\w*)\b[^()]{0,200}\)",
    re.IGNORECASE,
)


def read_fact(reply: str) -> str | Unread:
    """Return the fact in `reply`, on one line; Unread where the reply declines, echoes the request, asks, or says nothing that could be checked."""
    said = in_form(without_thoughts(reply[:LONGEST]))
    if said is None:
        return unread("is a form in which no fact can be told from the rest")
    prepared = prepare(said)
    if refuses(prepared):
        return Unread(Outcome.REFUSED, f"The author declined: “{plain(prepared[:1500])[:160]}”")
    told = [sentence for line in fact_lines(prepared) for sentence in sentences(line)]
    kept = within(told)
    fact = " ".join(kept).strip(" \"“'‘*_[]{}").rstrip("”’")
    problem = "repeats the request" if ECHO.search(prepared) else "names several" if several(prepared) else trouble(told, kept, fact)
    return unread(problem) if problem else fact


def several(prepared: str) -> bool:
    """Say whether a reply is a numbered list of facts."""
    return len(NUMBERED.findall(prepared)) > 1


def trouble(told: Sequence[str], kept: Sequence[str], fact: str) -> str:
    """Return why what was kept of the sentences told is no fact; empty when it is one."""
    words = len(fact.split())
    if told and all(is_question(each) for each in kept or told):
        return "asks instead of telling"
    if not FEWEST <= words <= MOST:
        return f"holds {words} words beside greetings and labels, outside {FEWEST} to {MOST}"
    amid = any(is_around(each) for each in kept) or any(mark in fact for mark in ("|", '":', "</"))
    return "speaks of itself, or holds marks of a form, amid what it tells" if amid else ""


def in_form(said: str) -> str | None:
    """Return what a reply holds under the key or in the element of a fact, itself where it is plain text; None where a form holds no fact."""
    if found := documents(said):
        chosen = final(found)
        return fact_in(chosen.value) if chosen else None
    element = ELEMENT.search(said)
    return element["inner"] if element else said


def fact_in(value: Any) -> str | None:
    """Return the fact in a JSON value: under a key for it, or the one part that there is; None when several could be it."""
    if isinstance(value, list):
        return fact_in(value[0]) if len(value) == 1 else None
    if not isinstance(value, dict):
        return value if isinstance(value, str) else None
    fields = keyed(value)
    return next((fact_in(fields[key]) for key in FACT_KEYS if key in fields), None)


def fact_lines(prepared: str) -> list[str]:
    """Return the lines that tell the fact: from the first that is labelled so, if one is, up to the next labelled one."""
    told_lines = [unmarked(each) for each in prepared.splitlines()]
    lines = [line for each in told_lines if not REFERENCE.match(plain(each)) and (line := plain(CITATION.sub("", each))).strip(" |-:=")]
    labelled = next((index for index, line in enumerate(lines) if LABEL.match(line)), 0)
    lines = [line for line in lines[labelled:] if not SUBJECT_FIELD.match(line)]
    rest = [index for index, line in enumerate(lines) if index and FIELD.match(line) and told(lines[:index])]
    return lines[: min(rest, default=len(lines))]


def told(lines: Sequence[str]) -> bool:
    """Say whether lines hold more than what stands around a fact."""
    return any(within(sentences(line)) for line in lines)


def unmarked(line: str) -> str:
    """Return a line without the marks of a heading, an item or a cell around it."""
    return FORM_MARK.sub("", FORM_MARK.sub("", line))


def sentences(line: str) -> list[str]:
    """Return the sentences of a line without a greeting and a label before them; what a colon ends counts as one."""
    without = line
    for _ in range(3):
        without = LABEL.sub("", unmarked(GREETING.sub("", without)))
    return [each for part in SENTENCE_END.split(without.strip()) if (each := LABEL.sub("", unmarked(part)))]


def within(told: Sequence[str]) -> list[str]:
    """Return the sentences between those at both ends that only stand around a fact."""
    facts = [index for index, each in enumerate(told) if not is_around(each)]
    ended = [index for index in facts if ENDED.search(told[index])]  # a name or a heading below a fact ends without a full stop
    return list(told[facts[0] : (ended or facts)[-1] + 1]) if facts else []


def is_around(sentence: str) -> bool:
    """Say whether a sentence speaks of itself, of the author or of the reader, or only calls out."""
    return INTERJECTION.match(sentence) is not None or ABOUT_ITSELF.search(sentence.replace("’", "'")) is not None


def unread(problem: str) -> Unread:
    """Return the record of a reply that holds no fact."""
    return Unread(Outcome.UNREADABLE, f"The author named no fact: its reply {problem}.")
