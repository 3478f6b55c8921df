"""Topics: the general questions that seed the arms of the bandit (Appendix B, Table 2). Read, named and sampled here.

Shipped topics, a user's own file, and the two sources of the paper (Touché'23-ValueEval and ValueBench) are read alike.
One line of data flow: file → `Table` → `read_topics` → `TopicFile` (the preview) → its `topics` → arms.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from adaem_core.archive.askable import askable, in_brackets
from adaem_core.archive.column import asking, column_of_texts, others_told, texts_of
from adaem_core.archive.table import FOUND_OUT, SAID, How, Source, Table, asked_for, column_named, ids_in, read_table
from adaem_core.archive.texts import cleaned, is_question, spelling
from adaem_core.errors import BadInput
from adaem_core.folders import files
from adaem_core.generate.topics_ids import SURE, checked_ids, id_column
from adaem_core.generate.topics_language import language_of
from adaem_core.generate.topics_question import as_question
from adaem_core.records import Topic

LONGEST_TOPIC = 600  # characters; a topic is one sentence, a longer text is most likely the wrong column
MOST_TOPICS = 20_000
TEXT_NAMES = (
    "text",
    "question",
    "statement",
    "conclusion",
    "item",
    "claim",
    "prompt",
    "topic",
    "messages",
    "conversations",
    "description",
    "title",
)
CATEGORY_NAMES = ("category", "theme", "domain", "topic")


@dataclass(frozen=True)
class Layout:
    """Which columns of a file are used, None for a column there is none of."""

    kind: str  # touche23, valuebench or table
    text: str
    category: str | None
    id: str | None


@dataclass(frozen=True)
class TopicFile:
    """The topics of a file with what a preview shows about them."""

    name: str
    columns: tuple[str, ...]
    layout: Layout
    rows: int
    topics: tuple[Topic, ...]
    statements: tuple[str, ...]  # the file's own wording of each topic
    repeated: int  # rows whose text had stood there before
    empty: int  # rows without a text
    notes: tuple[str, ...] = ()  # how the file was understood, in words

    @property
    def rewritten(self) -> int:
        """How many topics were statements and became questions."""
        return sum(topic.text != statement for topic, statement in zip(self.topics, self.statements, strict=True))

    def foreign(self) -> dict[str, str]:
        """Return the language of each topic that is not in English, by its id."""
        told = zip(self.topics, map(language_of, self.statements), strict=True)
        return {topic.id: language for topic, language in told if language}

    def as_written(self) -> tuple[Topic, ...]:
        """Return the topics, those that are not in English in the file's own words: the rules that make a question are English."""
        foreign = self.foreign()
        told = zip(self.topics, self.statements, strict=True)
        return tuple(replace(topic, text=statement) if topic.id in foreign else topic for topic, statement in told)


def shipped_topics() -> dict[str, Path]:
    """Return the shipped or user-added topic files in `data/topics` by name."""
    return files("topics", ".csv")


def read_topics(
    source: Source, *, column: str | None = None, category_column: str | None = None, ids: str | None = None, how: How = FOUND_OUT
) -> TopicFile:
    """Return the topics of a shipped set (by name), a file or an upload; BadInput names file, line and remedy.

    `column` holds the texts, `category_column` their categories and `ids` their ids (NO_IDS for none); they are found by name where
    not given. Statements become yes/no questions (`as_question`), equal texts are merged, topics without an id get T001, T002, …
    """
    found = read_table(shipped_topics().get(source, source) if isinstance(source, str) else source, how)
    layout = layout_of(found, column, category_column, ids)
    texts, told = askable({number: sentence(found.name, number, text) for number, text in texts_of(found, layout.text).items()})
    first = first_of_each(texts)
    if not first:
        raise BadInput(
            f"{found.name}: no topic in column {layout.text!r}. Choose another column, or fill this one.{in_brackets([*found.notes, *told])}"
        )
    if len(first) > MOST_TOPICS:
        raise BadInput(f"{found.name}: {len(first):,} topics; {MOST_TOPICS:,} are the most a study can use. Keep a sample of them.")
    empty = sum(not text for text in texts.values())
    kept = {number: texts[number] for number in first}
    topics, told_of_ids = made(found, layout, kept)
    repeated = len(texts) - empty - len(first)
    notes = (*found.notes, *others_told(found, layout.text), *told, *told_of_ids)
    return TopicFile(found.name, found.columns, layout, len(texts), topics, tuple(kept.values()), repeated, empty, notes)


def layout_of(found: Table, column: str | None, category_column: str | None, ids: str | None) -> Layout:
    """Return which columns to use: as asked, else as the known formats have them, else by name."""
    for asked in (column, category_column):
        if asked is not None:
            asked_for(found, asked)
    text = column or text_column(found)
    if text is None:
        raise BadInput(
            f"{found.name}: missing column: none of {', '.join(found.columns)} looks like topics. "
            f"Name one of them {TEXT_NAMES[0]!r} in the first line, or choose the column."
        )
    if column is None and (is_question(text) or (len(text.split()) > 3 and re.split(r"\W", text.casefold())[0] not in TEXT_NAMES)):
        raise BadInput(
            f"{found.name}: line 1 must name the columns, got {text!r}. Put a line with 'text' (or 'id,text,category') above it."
        )
    kind = kind_of(found)
    others = [each for each in CATEGORY_NAMES if each != text.strip().casefold()]
    category = category_column or ("value" if kind == "valuebench" else column_named(found, others))
    likely = id_column(found) if kind == "table" else column_named(found, SURE)
    return Layout(kind, text, category, likely if ids is None else ids_in(found, ids))


def kind_of(found: Table) -> str:
    """Return touche23 (official TSV, or a CSV with the same columns), valuebench or table."""
    names = {column.lower() for column in found.columns}
    if {"conclusion", "stance", "premise"} <= names:
        return "touche23"
    return "valuebench" if {"questionnaire", "item", "value"} <= names else "table"


def text_column(found: Table) -> str | None:
    """Return the column of texts: the format's own, else by name, else the one that asks, else the only one, else the wordiest (3 words or more on average); None where several might be meant."""
    own = {"touche23": ("conclusion",), "valuebench": ("question", "item")}.get(kind_of(found), TEXT_NAMES)
    if likely := column_of_texts(found, own):
        return likely
    if len(found.columns) == 1:
        return found.columns[0]
    if len(asking(found)) > 1:
        return None
    sample = [row for _, row in found.rows[:200]]
    asked = [column for column in found.columns if column.strip().casefold() not in SAID]
    words = {column: sum(len(row[column].split()) for row in sample) / max(len(sample), 1) for column in asked}
    wordiest = max(words, key=lambda column: words[column], default=None)
    return wordiest if wordiest is not None and words[wordiest] >= 3 else None


def sentence(name: str, number: int, text: str) -> str:
    """Return a cleaned text; BadInput if it is too long for a topic."""
    if len(text) > LONGEST_TOPIC:
        raise BadInput(
            f"{name}: line {number}: a text of {len(text):,} characters; a topic is one sentence of at most {LONGEST_TOPIC}. "
            "Is this the right column?"
        )
    return text


def first_of_each(texts: Mapping[int, str]) -> list[int]:
    """Return the line of the first of each group of texts that differ in case, spacing and end mark only."""
    firsts: dict[str, int] = {}
    for number, text in texts.items():
        if text:
            firsts.setdefault(spelling(as_question(text)), number)
    return list(firsts.values())


def made(found: Table, layout: Layout, lines: Mapping[int, str]) -> tuple[tuple[Topic, ...], list[str]]:
    """Return the topics of these lines and their texts, and what is told of their ids."""
    rows = dict(found.rows)
    given = {number: rows[number][layout.id].strip() for number in lines} if layout.id else {}
    ids, told = checked_ids(found.name, given)
    taken, width = set(ids.values()), max(3, len(str(len(lines))))
    free = (id for id in (f"T{number:0{width}}" for number in range(1, len(lines) + len(taken) + 1)) if id not in taken)
    source = {"touche23": "Touché23-ValueEval", "valuebench": "ValueBench"}.get(layout.kind, Path(found.name).name)
    categories = {number: cleaned(rows[number][layout.category]) if layout.category else "" for number in lines}
    return tuple(
        Topic(ids.get(number) or next(free), as_question(text), categories[number], source) for number, text in lines.items()
    ), told


def sample_topics(topics: Sequence[Topic], count: int, seed: int) -> tuple[Topic, ...]:
    """Return `count` topics drawn at random, as evenly over the categories as they allow, categories taking turns.

    The same topics, count and seed give the same sample; `count` at or above the number of topics gives all of them.
    """
    if count < 1:
        raise BadInput(f"The number of topics to draw must be at least 1, got {count}.")
    rng = np.random.default_rng(seed)
    turn: Counter[str] = Counter()
    drawn: list[tuple[int, int, Topic]] = []
    order = {category: place for place, category in enumerate(rng.permutation(sorted({each.category for each in topics})).tolist())}
    for index in rng.permutation(len(topics)):
        topic = topics[index]
        drawn.append((turn[topic.category], order[topic.category], topic))
        turn[topic.category] += 1
    return tuple(topic for *_, topic in sorted(drawn, key=lambda each: each[:2])[:count])
