"""What counts as a repeat: the rule by hand, the order of the sift, and ε calibrated on twenty groups of our own."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from adaem_core.chat.embed import Embedder
from adaem_core.generate.deduplicate import Known, repeats, sift, without_repeats
from adaem_core.generate.topics import read_topics
from adaem_core.records import Fate, Outgrowth
from adaem_core.settings import GenerateSettings
from tests.generate.fakes import WordEmbedder, grown, run
from tests.rows import every_row

GROUPS = list(csv.DictReader((Path(__file__).parent / "duplicate_groups.csv").open(encoding="utf-8")))
PAPER_EPSILON = 0.85


def settings(**values: float) -> GenerateSettings:
    return GenerateSettings(**values)


def known(embed: Embedder) -> Known:
    """Return what a study has met so far: its topics, and of each group an original with two siblings on the same subject."""
    texts = [topic.text for topic in read_topics("general").topics]
    texts += [group[column] for group in GROUPS for column in ("original", "sibling", "other_sibling")]
    return Known(tuple(texts), embed.sentences_now(texts))


def caught(embed: Embedder, column: str, epsilon: float) -> int:
    """Return how many of the twenty questions in `column` are dropped."""
    before, texts = known(embed), [group[column] for group in GROUPS]
    found = (
        repeats(text, vector, before, settings(epsilon=epsilon)) for text, vector in zip(texts, embed.sentences_now(texts), strict=True)
    )
    return sum(reason is not None for reason in found)


def test_our_default_catches_most_paraphrases_and_spares_new_questions(embedder: Embedder) -> None:
    """Measured with all-MiniLM-L6-v2: 13 of 20 paraphrases caught, 19 of 20 new questions spared."""
    assert len(GROUPS) == 20
    assert caught(embedder, "paraphrase", GenerateSettings().epsilon) >= 13
    assert caught(embedder, "new", GenerateSettings().epsilon) <= 1


def test_the_papers_threshold_lets_paraphrases_through_with_this_embedding_model(embedder: Embedder) -> None:
    assert caught(embedder, "paraphrase", PAPER_EPSILON) <= 3
    assert caught(embedder, "original", PAPER_EPSILON) == 20, "the same words are always a repeat"


def unit(*similarities: float) -> np.ndarray:
    """Return vectors whose cosine similarity to (1, 0) is as given."""
    return np.array([[each, (1 - each**2) ** 0.5] for each in similarities], dtype=np.float32)


@every_row(
    "similarities, similar, epsilon, dropped",
    [
        ((0.9, 0.6, 0.3, 0.1), 3, 0.59, True),  # mean of the three nearest is 0.60
        ((0.9, 0.6, 0.3, 0.1), 3, 0.61, False),
        ((0.9, 0.6, 0.3, 0.1), 1, 0.61, True),
        ((0.9, 0.6), 3, 0.74, True),  # fewer than three are there: the mean of those
        ((0.5, 0.5, 0.5), 3, 0.5, False),  # it must exceed ε
    ],
)
def test_the_mean_similarity_to_the_nearest_decides(similarities: tuple[float, ...], similar: int, epsilon: float, dropped: bool) -> None:
    before = Known(tuple(f"Question {place}?" for place in range(len(similarities))), unit(*similarities))
    reason = repeats("A new one?", np.array([1, 0], dtype=np.float32), before, settings(similar=similar, epsilon=epsilon))
    assert (reason is not None) is dropped
    assert reason is None or reason.endswith("nearest: Question 0?")


def test_the_same_words_are_a_repeat_whatever_the_threshold() -> None:
    before = Known(("Should bells ring?", "Should dogs bark?"), unit(0.1, 0.2))
    reason = repeats("should BELLS ring", np.array([1, 0], dtype=np.float32), before, settings(epsilon=1))
    assert reason is not None and reason.startswith("the same words as an earlier question")
    assert repeats("Should bells ring now?", np.array([1, 0], dtype=np.float32), before, settings(epsilon=1)) is None


def test_the_first_question_of_all_repeats_nothing() -> None:
    nothing = Known((), np.empty((0, 2), dtype=np.float32))
    assert repeats("Should bells ring?", np.array([1, 0], dtype=np.float32), nothing, settings(epsilon=0)) is None


def drafts(*texts: str) -> list[Outgrowth]:
    return [grown(f"T1.1.{place}", None, text=text, fate=Fate.UNSCORED) for place, text in enumerate(texts)]


def sifted(pulls: Sequence[Sequence[Outgrowth]], *before: str, **values: float) -> list[list[Fate]]:
    embed = WordEmbedder()
    texts = [each.question.text for pull in pulls for each in pull]
    vectors = dict(zip(texts, run(embed.sentences(texts)), strict=True))
    found = sift(pulls, vectors, Known(before, run(embed.sentences(before))), settings(**values))
    return [[each.fate for each in pull] for pull in found]


def test_a_draft_kept_is_known_to_the_next_also_in_the_next_pull_of_the_wave() -> None:
    pulls = [drafts("Copper bells ring?", "Copper bells ring!"), drafts("copper bells ring", "Wild geese fly?")]
    assert sifted(pulls, "Old stones fall?") == [[Fate.UNSCORED, Fate.DUPLICATE], [Fate.DUPLICATE, Fate.UNSCORED]]


def test_similar_words_are_sifted_by_embedding() -> None:
    pulls = [drafts("Should copper bells ring at noon?"), drafts("Should copper bells ring at noon today?")]
    assert sifted(pulls, "Old stones fall?", similar=1) == [[Fate.UNSCORED], [Fate.DUPLICATE]]
    assert sifted(pulls, "Old stones fall?", similar=1, epsilon=0.99) == [[Fate.UNSCORED], [Fate.UNSCORED]]


def test_n2_are_kept_per_pull_the_first_come_first_and_duplicates_take_no_place() -> None:
    pull = drafts("Old stones fall?", "Copper bells ring?", "Wild geese fly?", "Green apples rot?")
    found = sifted([pull, drafts("Green apples rot?")], "Old stones fall?", kept=2)
    assert found == [[Fate.DUPLICATE, Fate.UNSCORED, Fate.UNSCORED, Fate.SURPLUS], [Fate.UNSCORED]], "a surplus question is not known"


def test_an_unwritten_draft_stays_unwritten_and_is_not_compared() -> None:
    pull = [replace(drafts("")[0], fate=Fate.UNWRITTEN), *drafts("Copper bells ring?")]
    assert sifted([pull], "Old stones fall?", kept=1) == [[Fate.UNWRITTEN, Fate.UNSCORED]]


def test_questions_that_refinement_made_the_same_are_repeats_in_order() -> None:
    wave = [
        (grown("a", text="Copper bells ring?"), grown("b", text="copper bells, ring")),
        (
            grown("c", text="Old stones fall?"),
            grown("d", text="Copper bells ring?", fate=Fate.UNSAFE),
            grown("e", text="COPPER bells ring"),
        ),
    ]
    found = without_repeats(wave, Known(("Old stones fall?",), np.empty((1, 2), dtype=np.float32)))
    assert [[each.fate for each in pull] for pull in found] == [
        [Fate.SCORED, Fate.DUPLICATE],
        [Fate.DUPLICATE, Fate.UNSAFE, Fate.DUPLICATE],
    ]
    assert found[0][1].reason == "refinement led to the words of an earlier question" and found[0][1].score is not None
