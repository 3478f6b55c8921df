"""Near-duplicates planted by us are found and named; real conclusions shrink to a few hundred."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from adaem_core.chat.embed import Embedder
from adaem_core.generate.topics import read_topics
from adaem_core.generate.topics_deduplicate import by_meaning, clusters, deduplicate, jaccard, shingled
from adaem_core.records import Topic

TOUCHE = Path(__file__).resolve().parents[2] / "../shared/testdata/touche23/touche23_10values.csv"


def made(*texts: str) -> tuple[Topic, ...]:
    return tuple(Topic(f"T{number}", text) for number, text in enumerate(texts))


def at(*degrees: float) -> np.ndarray:
    """Return unit vectors in the plane: the cosine similarity of two is the cosine of the angle between them."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_planted_wordings_are_merged_into_the_first() -> None:
    topics = made(
        "Should cities limit the number of tourists?",
        "Should museums be free for all visitors?",
        "Should cities limit the number of the tourists?",
        "SHOULD CITIES: limit the number of tourists",
        "Should villages welcome more tourists?",
    )
    found = deduplicate(topics)
    assert found.kept == (topics[0], topics[1], topics[4])
    assert [(each.topic.id, each.into.id, each.reason) for each in found.merged] == [("T2", "T0", "wording"), ("T3", "T0", "wording")]
    assert found.merged[1].similarity == 1.0


def test_many_planted_duplicates_are_found() -> None:
    """MinHash only proposes: of 200 topics doubled with one letter changed, all pairs above the limit are merged."""
    originals = [topic.text for topic in read_topics("general").topics[:200]]
    changed = [text.replace("?", "s?") for text in originals]
    found = deduplicate(made(*originals, *changed))
    expected = sum(jaccard(shingled(one), shingled(other)) >= 0.75 for one, other in zip(originals, changed, strict=True))
    assert expected > 190 and len(found.merged) == expected and len(found.kept) == 400 - expected


def test_no_shipped_topic_repeats_another() -> None:
    topics = (*read_topics("general").topics, *read_topics("moral").topics)
    assert deduplicate(made(*(topic.text for topic in topics))).merged == ()


def test_a_cluster_keeps_the_member_nearest_its_centre() -> None:
    topics = made("a", "b", "c", "d")
    found = by_meaning(topics, at(0, 10, 20, 90), least=0.9)
    assert found.kept == (topics[1], topics[3])
    assert [(each.topic.id, each.into.id, each.reason) for each in found.merged] == [("T0", "T1", "meaning"), ("T2", "T1", "meaning")]
    assert found.merged[0].similarity == pytest.approx(np.cos(np.radians(10)), abs=1e-6)


def test_a_chain_is_not_one_cluster() -> None:
    """Steps of 15 degrees are all near neighbours, yet the ends of 105 degrees have nothing in common."""
    labels = clusters(at(*range(0, 106, 15)), least=np.cos(np.radians(20)))
    assert len(set(labels.tolist())) >= 3


def test_wording_then_meaning_names_the_topic_finally_kept() -> None:
    topics = made("Should we close the zoos?", "Should we close the zoos now?", "Ought animal parks to shut?", "Is tea nice?")
    angles = {topics[0].text: 0.0, topics[2].text: 8.0, topics[3].text: 90.0}

    def embed(texts: Sequence[str]) -> np.ndarray:
        return at(*(angles[text] for text in texts))

    found = deduplicate(topics, embed, wording=0.6)
    into = {each.topic.id: each.into for each in found.merged}
    assert set(into.values()) <= set(found.kept) and len(found.kept) == 2
    assert len(found.kept) + len(found.merged) == len(topics)


def test_one_or_no_topic_needs_no_embedding() -> None:
    def never(texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("embedded for nothing")

    assert deduplicate(made("Is it?"), never).kept == made("Is it?")
    assert deduplicate((), never).kept == ()


def test_touche_shrinks_to_a_few_hundred_and_the_same_every_time() -> None:
    if not TOUCHE.is_file():
        pytest.skip(f"{TOUCHE.name}: real data is not beside this checkout")
    topics = read_topics(TOUCHE).topics
    found = deduplicate(topics)
    assert found == deduplicate(topics)
    assert 400 < len(found.kept) < len(topics) and len(found.kept) + len(found.merged) == len(topics)
    pairs = {(each.topic.text, each.into.text) for each in found.merged}
    assert (
        "Should we remove unauthorized asylum seekers and migrants?",
        "Should we remove unauthorized asylum seekers or migrants?",
    ) in pairs


def test_meaning_with_the_shipped_embedding_model(tmp_path: Path) -> None:
    """The default limit merges plain rewordings and spares neighbours of one subject. Oracle: our own reading."""
    topics = made(
        "Should there be a European army?",
        "Should Europe establish a common army?",
        "Should cattle slaughter be banned?",
        "Is it right to ban the slaughter of cattle?",
        "Should cattle be given antibiotics?",
        "Should European soldiers wear one uniform?",
    )
    with closing(Embedder(folder=tmp_path)) as embed:
        found = deduplicate(topics, embed.sentences_now)
    assert {frozenset((each.topic.id, each.into.id)) for each in found.merged} == {frozenset(("T0", "T1")), frozenset(("T2", "T3"))}
