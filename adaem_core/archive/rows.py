"""How records lie in the study file: the tables, and each record to and from its row. NaN is stored as NULL."""

import math
from dataclasses import asdict, astuple
from typing import Any

import orjson

from adaem_core.messages import Completion, Request, TokenProbability
from adaem_core.records import Answer, Attempt, Fate, Gap, Label, Opinion, Outcome, Outgrowth, Pull, Question, Recognition, Response, Score

SCORE = """value_diversity REAL, opinion_diversity REAL, value_conformity REAL, disentanglement REAL, total REAL,
  form TEXT, answered INTEGER, asked INTEGER"""
# Added in file version 2: an older file gets these tables when it is opened.
EXAMINATIONS = """
CREATE TABLE IF NOT EXISTS examinations (id TEXT PRIMARY KEY, title TEXT NOT NULL, benchmark TEXT NOT NULL, date TEXT NOT NULL,
  examinees TEXT NOT NULL, config TEXT NOT NULL, condition TEXT NOT NULL, system_prompt TEXT NOT NULL, sample INTEGER NOT NULL,
  imported INTEGER NOT NULL, part_of TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS asked (examination TEXT, position INTEGER NOT NULL, id TEXT, text TEXT NOT NULL, topic TEXT NOT NULL,
  category TEXT NOT NULL, PRIMARY KEY (examination, id));
CREATE INDEX IF NOT EXISTS questions_by_pull ON questions (pull);
CREATE TABLE IF NOT EXISTS judgements (kind TEXT, rater TEXT, item TEXT, name TEXT, value TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (kind, rater, item, name))"""
# Added in file version 3: the links of the ledger's chain, and requests under way (`lost`: their writer was killed).
LEDGER = """
CREATE TABLE IF NOT EXISTS chain (number INTEGER PRIMARY KEY, key TEXT NOT NULL, parts BLOB NOT NULL, digest BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sent (key TEXT NOT NULL, model TEXT NOT NULL, tokens INTEGER NOT NULL, cost REAL NOT NULL,
  at TEXT NOT NULL, lost INTEGER NOT NULL)"""
SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE topics (id TEXT PRIMARY KEY, text TEXT NOT NULL, category TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE calls (key TEXT PRIMARY KEY, purpose TEXT NOT NULL, model TEXT NOT NULL, endpoint TEXT NOT NULL,
  request TEXT NOT NULL, reply TEXT NOT NULL, cached INTEGER NOT NULL, cost REAL NOT NULL,
  prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, failure TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE pulls (number INTEGER PRIMARY KEY, topic_id TEXT NOT NULL, ucb REAL, reward REAL, at TEXT NOT NULL);
CREATE TABLE questions (id TEXT PRIMARY KEY, topic_id TEXT NOT NULL, text TEXT NOT NULL, depth INTEGER NOT NULL,
  parent_id TEXT, author TEXT, fact TEXT NOT NULL, pull INTEGER NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL,
  question_labels TEXT, {SCORE});
CREATE INDEX questions_by_topic ON questions (topic_id);
CREATE TABLE attempts (question_id TEXT, step INTEGER, text TEXT NOT NULL, author TEXT NOT NULL, reflection TEXT NOT NULL,
  question_labels TEXT, accepted INTEGER NOT NULL, {SCORE}, PRIMARY KEY (question_id, step));
CREATE TABLE responses (subject TEXT, model TEXT, outcome TEXT NOT NULL, stance TEXT, opinions TEXT NOT NULL,
  text TEXT NOT NULL, reason TEXT NOT NULL, sample INTEGER, request TEXT NOT NULL, PRIMARY KEY (subject, model, sample));
CREATE TABLE recognitions (subject TEXT, model TEXT, recogniser TEXT, protocol TEXT, outcome TEXT NOT NULL,
  labels TEXT NOT NULL, reason TEXT NOT NULL, sample INTEGER, requests TEXT NOT NULL,
  PRIMARY KEY (subject, model, sample, recogniser, protocol));
{EXAMINATIONS};
{LEDGER}
"""


def marks(count: int) -> str:
    """Return `count` SQL placeholders."""
    return ", ".join("?" * count)


def dumps(value: Any) -> str:
    """Return a value as JSON text."""
    return orjson.dumps(value).decode()


def call_row(endpoint: str, request: Request, reply: Completion) -> tuple[Any, ...]:
    """Return the ledger's row of one reply, without its time."""
    asked = {"messages": request.messages, "params": asdict(request.params), "sample": request.sample}
    answered = {
        "text": reply.text,
        "reason": reply.reason,
        "finish": reply.finish,
        "served_by": reply.served_by,
        "logprobs": reply.logprobs,
        **({"adapted": reply.adapted} if reply.adapted else {}),
    }
    paid = (int(reply.cached), float(reply.cost), reply.prompt_tokens, reply.completion_tokens, reply.failure)
    return (reply.key, request.purpose, request.model, endpoint, dumps(asked), dumps(answered), *paid)


def completion(row: dict[str, Any]) -> Completion:
    """Return the reply in a row of `calls`."""
    paid = {key: row[key] for key in ("key", "failure", "cost", "prompt_tokens", "completion_tokens")}
    return reply_of(orjson.loads(row["reply"]) | paid | {"cached": bool(row["cached"])})


def reply_of(content: dict[str, Any]) -> Completion:
    """Return a reply from the fields it was stored with as JSON; those that are not there have their defaults."""
    logprobs = content.get("logprobs")
    found = None if logprobs is None else tuple(TokenProbability(**each) for each in logprobs)
    return Completion(**{**content, "logprobs": found, "adapted": tuple(content.get("adapted", ()))})


def score_row(score: Score | None) -> tuple[Any, ...]:
    """Return the eight columns of a score, all NULL where there is none."""
    return astuple(score) if score else (None,) * 8


def score(row: dict[str, Any]) -> Score | None:
    """Return the score in a row; None where none was given."""
    if row["form"] is None:
        return None
    parts = ("value_diversity", "opinion_diversity", "value_conformity", "disentanglement", "total")
    numbers = {part: math.nan if row[part] is None else row[part] for part in parts}
    return Score(**numbers, form=row["form"], answered=row["answered"], asked=row["asked"])


def question_row(pull: int, grown: Outgrowth) -> tuple[Any, ...]:
    """Return the row of one question; its attempts and answers lie in tables of their own."""
    each = grown.question
    told = (each.id, each.topic_id, each.text, each.depth, each.parent_id, each.author, each.fact, pull, grown.fate, grown.reason)
    return (*told, labels_column(grown.question_labels), *score_row(grown.score))


def outgrowth(row: dict[str, Any], attempts: tuple[Attempt, ...] = (), answers: tuple[Answer, ...] = ()) -> Outgrowth:
    """Return the question in a row of `questions`, with the attempts and answers given."""
    asked = Question(*(row[key] for key in ("id", "topic_id", "text", "depth", "parent_id", "author", "fact")))
    return Outgrowth(asked, Fate(row["fate"]), row["reason"], attempts, labels(row), answers, score(row))


def pull(row: dict[str, Any], grown: list[Outgrowth]) -> Pull:
    """Return the pull in a row of `pulls` with its questions in order of writing; the topic itself, if scored in it, is its root."""
    root = next((each for each in grown if each.question.depth == 0), None)
    ucb = math.inf if row["ucb"] is None else row["ucb"]
    reward = math.nan if row["reward"] is None else row["reward"]
    return Pull(row["number"], row["topic_id"], ucb, root, tuple(each for each in grown if each is not root), reward)


def attempt_row(each: Attempt) -> tuple[Any, ...]:
    """Return the row of one attempt; its answers lie in `responses`."""
    told = (each.question_id, each.step, each.text, each.author, each.reflection, labels_column(each.question_labels), each.accepted)
    return (*told, *score_row(each.score))


def attempt(row: dict[str, Any], answers: tuple[Answer, ...]) -> Attempt:
    """Return the attempt in a row of `attempts`, with the answers it got."""
    told = (row["question_id"], row["step"], row["text"], row["author"], row["reflection"], labels(row))
    given = score(row)
    assert given is not None, "attempts are stored with their score"
    return Attempt(*told, answers, given, bool(row["accepted"]))


def labels_column(found: tuple[str, ...] | None) -> str | None:
    """Return a question's own dimensions as JSON, NULL where they could not be read."""
    return None if found is None else dumps(found)


def labels(row: dict[str, Any]) -> tuple[str, ...] | None:
    """Return the question's own dimensions; None where they could not be read."""
    return None if row["question_labels"] is None else tuple(orjson.loads(row["question_labels"]))


def response_row(each: Response) -> tuple[Any, ...]:
    """Return the row of one response."""
    # The reply's text lies in the ledger; only an answer that came without a request keeps its own copy.
    opinions, text = dumps([astuple(opinion) for opinion in each.opinions]), "" if each.request else each.text
    return (each.subject, each.model, each.outcome, each.stance, opinions, text, each.reason, each.sample, each.request)


def recognition_row(each: Recognition) -> tuple[Any, ...]:
    """Return the row of one recognition."""
    told = (each.subject, each.model, each.recogniser, each.protocol, each.outcome)
    # A verdict that is missing lies beside the labels, told from them by its length.
    verdicts = [astuple(label) for label in each.labels] + [astuple(gap) for gap in each.gaps]
    return (*told, dumps(verdicts), each.reason, each.sample, dumps(each.requests))


def answer(response: dict[str, Any], recognition: dict[str, Any] | None) -> Answer:
    """Return the answer in a row of `responses` and its row of `recognitions`, if any."""
    opinions = tuple(Opinion(*each) for each in orjson.loads(response["opinions"]))
    known = {"outcome": Outcome(response["outcome"]), "opinions": opinions, "pressed": bool(response["pressed"])}
    told = Response(**{**response, **known})
    if recognition is None:
        return Answer(told, None)
    verdicts = orjson.loads(recognition["labels"])
    parts = {
        "outcome": Outcome(recognition["outcome"]),
        "labels": tuple(Label(*each) for each in verdicts if not is_gap(each)),
        "gaps": tuple(Gap(opinion, id, Outcome(outcome)) for opinion, id, outcome in filter(is_gap, verdicts)),
        "requests": tuple(orjson.loads(recognition["requests"])),
    }
    return Answer(told, Recognition(**{**recognition, **parts}))


def is_gap(verdict: list[Any]) -> bool:
    """Say whether an entry among stored labels is a verdict that is missing."""
    return len(verdict) == 3
