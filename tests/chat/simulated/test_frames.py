"""The hand-written question frames: enough of them, none twice, values known, plain English, and each question is known by its frame again."""

import re
from collections import Counter
from collections.abc import Iterator

from adaem_core.chat.simulated.authors import slots
from adaem_core.chat.simulated.frames import FORMS, GENERAL, LONGEST, Frame, frames, frames_on, match, phrasings, place_pattern, statement
from adaem_core.chat.simulated.profiles import angles
from adaem_core.generate.topics import read_topics
from adaem_core.generate.wording import read_question as usable
from tests.chat.simulated.apparatus import SCHWARTZ, grow

WORDS = slots("school uniforms", "New Zealand", "2015")
P1 = ("aurora", "cedar", "ember", "garnet")  # the authors of the panel in data/panels/simulated.yaml
PULLS = 10  # a topic's share of 120 pulls over 12 topics
SLOT = re.compile(r"\{(\w+)\}")
# What goes wrong when sentences are put together from parts, kind by kind.
FAULTS = {
    "a word twice": r"\b(\w+) \1\b",
    "a before a vowel": r"\ba (?:[aeio]|un(?!i)|hour|honest|heir)",
    "an before a consonant": r"\ban (?:[bcdfgjklmnpqrstvwxyz]|h(?!our|onest|eir)|uni|one\b)",
    "a before a plural": r"\ban? (?:children|women|men|parents|citizens|firms|schools|villages|families)\b",
    "space before a mark": r" [,.;:?]",
    "two marks or spaces": r"[,.;:?]{2}|  ",
    "an open slot": r"[{}|]",
    "two conditions": r"\bif\b.*\bif\b",
    "two endings of a genitive": r"\w+s's\b",
}
FAULTY = (
    "Should the the police?", "Should a artist?", "Should an union?", "Should a children?", "Should Peru , even if?", "Should Peru,, if?",
    "Should {who}?", "Should Peru pay if it rains if it can?", "Should boys's schools?",
)  # fmt: skip
THIRD_PERSON = re.compile(r"^(?!always)(?:\w+[^su'i]s|has|does|goes)\b")  # where an infinitive belongs


def asked() -> Iterator[tuple[Frame, str, str]]:
    """Yield frame, form and each question."""
    for frame in frames():
        for form in FORMS:
            for question in phrasings(frame, form, WORDS):
                yield frame, form, question


def test_there_are_hundreds_of_frames_and_none_twice() -> None:
    assert sum(frame.field != GENERAL for frame in frames()) >= 400
    texts = [text.lower() for frame in frames() for text in (f"{frame.who} {frame.does}", frame.harsher)]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    written = Counter(frame.cost for frame in frames())
    assert [cost for cost, count in written.items() if count > 2] == []


def test_the_two_values_of_a_frame_are_known_and_pull_apart() -> None:
    at = {id: place for place, id in enumerate(angles())}
    for frame in frames():
        assert {frame.gained, frame.lost} <= set(SCHWARTZ.ids), frame
        apart = abs(at[frame.gained] - at[frame.lost])
        assert min(apart, len(at) - apart) >= 2, f"neighbours on the circle: {frame}"
    for side in ("gained", "lost"):
        counts = Counter(getattr(frame, side) for frame in frames())
        assert min(counts[id] for id in SCHWARTZ.ids) >= 20, counts


def test_every_shipped_topic_has_frames_of_its_own() -> None:
    topics = [topic.text for name in ("general", "moral") for topic in read_topics(name).topics]
    assert [topic for topic in topics if not frames_on(topic)] == []


def test_only_known_slots_are_open_and_no_place_is_written_out() -> None:
    for frame in frames():
        texts = (frame.who, frame.does, frame.cost, frame.harsher, frame.about)
        assert {slot for text in texts for slot in SLOT.findall(text)} <= WORDS.keys(), frame
        assert ("{s}" in frame.does) == (frame.field == GENERAL), frame
        assert not any(map(place_pattern().search, texts)), f"a place of the bank is open to change: {frame}"


def test_questions_are_usable_and_free_of_the_faults_of_assembled_sentences() -> None:
    faults = {name: re.compile(pattern) for name, pattern in FAULTS.items()}
    for _, _, question in asked():
        assert usable(f"Question: {question}") == question
        assert len(question.split()) <= LONGEST
        assert [name for name, pattern in faults.items() if pattern.search(question)] == [], question


def test_every_kind_of_fault_would_be_found() -> None:
    assert all(re.search(pattern, text) for pattern, text in zip(FAULTS.values(), FAULTY, strict=True))


def test_who_should_do_something_is_told_in_the_infinitive() -> None:
    for frame in frames():
        for form in ("plain", "conflict"):
            assert not THIRD_PERSON.search(frame.parts(form)[1]), frame
        assert not re.match(r"(?:that|because|if|and|but|to) ", frame.cost), f"a price is a clause of its own: {frame}"
        assert frame.cost[-1].isalnum(), frame


def test_each_question_is_known_by_its_frame_form_and_price_again() -> None:
    for frame, form, question in asked():
        found = match(question)
        assert found and found.frame == frame, question
        if ", even if " in question or form != "cost":
            assert found.form == (form if form != "cost" or found.cost else "plain"), question
    for frame in frames():
        found = match(statement(frame, WORDS))
        assert found and (found.frame, found.form) == (frame, "plain"), frame


def test_ten_pulls_on_a_topic_do_not_run_dry() -> None:
    """Each author of the panel writes once a pull, here without seeing what scored: hardly a draft is written twice, and most are new situations."""
    for topic in (each.text for each in read_topics("general").topics[:12]):
        drafts = [grow(name, topic, sample=pull)[1] for pull in range(PULLS) for name in P1]
        situations = {found.frame for each in drafts if (found := match(each))}
        assert len(set(drafts)) >= 0.95 * len(drafts), topic
        assert len(situations) >= 0.6 * len(drafts), topic
