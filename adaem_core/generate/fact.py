"""Read what an author calls its fact: the one or two sentences asked for, without what stands around them, or the reason why there are none.

Data flow: `reply → its text → sentences that tell something → the fact on one line | Unread`.
"""

import re
from collections.abc import Iterator
from typing import Any

from adaem_core.archive.texts import is_question
from adaem_core.elicit.plain import LONGEST, plain, prepare
from adaem_core.elicit.refusal import refuses
from adaem_core.elicit.structured import documents, final, keyed
from adaem_core.elicit.turns import Unread
from adaem_core.records import Outcome

FEWEST, MOST = 5, 120  # words; two sentences are asked for
KEYS = ("fact", "facts", "background", "statement", "answer", "text", "response", "result", "output", "content", "arguments", "data")
LISTED = re.compile(r"^\s*(?:(?:[-*•+–>]|#{1,6}|\(?\d{1,2}[.)]|[^\w\s{\[]{1,3})\s+|fact\s?#?\d{1,2}\s?[:：.)-]\s*)", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z_]\w{0,20}(?:\s[^<>]{0,80})?>")
SENTENCE = re.compile(r"(?<=[.!?。！？])(?<!\b[A-Za-z]\.)\s+(?=\S)")
# Where an announcement begins, and the word that tells it: "Here is one fact", "Sure thing, here you go", "Voici un fait".
BEGINS = (
    r"\W{0,3}(?:sure|certainly|of course|absolutely|okay|ok|great|understood|got it|gladly|happy to help|no problem|as (?:requested|asked)|final|here|this is|"
    r"the following|below|one|an?|my|the|so|i (?:can|will|found|have)|i['’]ll|it is|specific|relevant|checkable|verifiable|concrete|possible|interesting|"
    r"facts?|background|answer|response|output|result|assistant|natürlich|gern\w*|hier|klar|aquí|aqui|claro|por supuesto|voici|bien sûr|ecco|certo|вот|конечно|好的|这是|以下|はい|以下は)(?!\w)"
)
TELLS = r"(?:facts?|background|information|answer|response|output|result|assistant|one|you go|it (?:is|goes)|goes|tatsache|fakt\w*|hecho|dato|fait|fatto|fato|факт\w*|事实|事実)"
ANNOUNCES = re.compile(rf"^{BEGINS}(?:[^.\d\n]{{0,90}}?\b|[^.\d\n]{{0,90}}){TELLS}(?!\w)[^.\d\n]{{0,50}}$|^{BEGINS}$", re.IGNORECASE)
ANNOUNCED = re.compile(r"^(?P<head>[^:：\d]{1,140}?)(?:[:：]|\s[-–—]+(?=\s))\s*(?P<told>\S.*)$")
GREETING = re.compile(
    r"^\W{0,3}(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|great|understood|got it|gladly|happy to help|no problem)(?:[!.,:]+|\s*[-–—]+)\s+",
    re.IGNORECASE,
)
# Lines that belong to the request, to other parts of an answer, or to what follows it.
OTHER = re.compile(
    r"^\W{0,4}(?:topic|parent|examples?|(?:general )?question|notes?|disclaimer|sources?|references?|citations?|explanation|reasoning|why (?:it|this)[^:]{0,40}|relevance|word count|user|human)\s?[:：]"
    r"|^\W*(?:\[\d+\]\W|https?://)|^\W*\d{1,3} words\W*$",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"^\W{0,3}(?:(?-i:I [a-z]+)|i['’](?:m|d|ve|ll)|unfortunately,? (?-i:I)|there (?:is|are) no (?:\w+ ){0,2}facts?|let me|let['’]s|as an ai|we need|would you|feel free|please (?:note|verify|check|let|feel|keep)|hope (?:this|that)|thank\w*|(?:this|that|the above) (?:fact|information|statement|is a (?:checkable|verifiable|specific)))\b",
    re.IGNORECASE,
)
# Words of the request, which an author that echoes it says again.
ECHO = re.compile(
    r"</?(?:topic|parent|examples)>|\(none yet\)|\bname one specific and checkable fact\b|\bwrite one or two sentences\b"
    r"|\bhelp a research team to study\b|\brespondents disagreed more\b",
    re.IGNORECASE,
)
BROKEN = re.compile(r"[{}]|\"\s?[:\]]|</|\[(?:insert|one or two|your|fact)\b|^\W*\[[^\]]*\]\W*$", re.IGNORECASE)


def read_fact(reply: str) -> str | Unread:
    """Return the fact in `reply`, on one line; Unread where the reply declines, echoes the request, asks, or says nothing that could be checked."""
    prepared = prepare(reply[:LONGEST])
    if refuses(prepared):
        return Unread(Outcome.REFUSED, f"The author declined: “{plain(prepared[:1500])[:160]}”")
    if ECHO.search(prepared):
        return unread("repeats the request")
    text = held(prepared)
    sentences = list(told(text))
    fact = " ".join(sentences).strip(" \"“”'‘’*_")
    words = len(fact.split())
    if not FEWEST <= words <= MOST:
        return unread(f"holds {words} words beside greetings and labels, outside {FEWEST} to {MOST}")
    if BROKEN.search(fact) or text.lstrip().startswith(("{", "[")):
        return unread("has a form around it that is broken")
    return unread("asks instead of telling") if all(map(is_question, sentences)) else fact


def held(text: str) -> str:
    """Return the text that a reply's JSON holds; the reply itself where it has none."""
    found = final(documents(text))
    return (inner(found.value) or text) if found else text


def inner(value: Any) -> str:
    """Return the words that a JSON value holds as its fact; "" where it holds none."""
    if isinstance(value, list):
        return inner(value[0]) if value else ""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    fields = keyed(value)
    return next((words for key in KEYS if key in fields and (words := inner(fields[key]))), "")


def told(text: str) -> Iterator[str]:
    """Yield the sentences that tell something: no greeting, announcement, label, offer, source or remark."""
    for each in text.splitlines():
        line = plain(LISTED.sub("", LISTED.sub("", TAG.sub("", each)))).strip(" *_")
        if re.search(r"\w", line) and not OTHER.match(line) and line[-1] not in ":：":
            yield from (sentence for sentence in SENTENCE.split(bare(line)) if not aside(sentence))


def bare(line: str) -> str:
    """Return a line without a greeting and an announcement before what it tells."""
    line = LISTED.sub("", GREETING.sub("", line)).strip(" *_")
    found = ANNOUNCED.match(line)
    return bare(LISTED.sub("", found["told"])) if found and ANNOUNCES.match(found["head"].strip(' *_"“')) else line


def aside(sentence: str) -> bool:
    """Say whether a sentence is about the fact or the talk, and not of it."""
    core = sentence.strip(' *_"“”.!()')
    called = sentence.rstrip(' *_"”').endswith("!") and len(sentence.split()) <= 4
    return not core or called or bool(REMARK.match(sentence) or OTHER.match(sentence) or ANNOUNCES.match(core))


def unread(problem: str) -> Unread:
    """Return the record of a reply that holds no fact."""
    return Unread(Outcome.UNREADABLE, f"The author named no fact: its reply {problem}.")
