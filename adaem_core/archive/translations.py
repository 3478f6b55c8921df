"""Topics that came in another language: what they said, what they are in English, or why they are left out.

They lie among the study's settings; a topic without an English text is no topic of the study (`Study.topics`).
Data flow: `Translation, awaited → (a model translates) → Translation → text of the topic`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from adaem_core.archive.opening import plain_errors, put_meta
from adaem_core.archive.study import TRANSLATIONS, Study
from adaem_core.records import Topic

ALL = "SELECT * FROM topics ORDER BY rowid"


@dataclass(frozen=True)
class Translation:
    """What became of one topic that is not in English."""

    topic: str  # its id
    language: str
    original: str
    model: str  # display name of the translator
    text: str = ""  # the question in English; "" while there is none: the topic is left out
    reason: str = ""  # why there is none, in words for the user; "" before it was asked for
    request: str = ""  # key of the request in the ledger
    passing: bool = False  # it failed for the moment: the next start asks again

    @property
    def awaited(self) -> bool:
        """True where a model is still to be asked."""
        return not self.text and (self.passing or not self.reason)


def translations(study: Study) -> tuple[Translation, ...]:
    """Return what became of the topics of a study that came in other languages."""
    return tuple(Translation(**each) for each in study.meta(TRANSLATIONS, ()))


def as_given(study: Study) -> list[Topic]:
    """Return all topics as the study was given them, in its order, those in other languages in their own words."""
    originals = {each.topic: each.original for each in translations(study)}
    topics = [Topic(**each) for each in study.select(ALL)]
    return [replace(each, text=originals.get(each.id, each.text)) for each in topics]


def save(study: Study, done: Sequence[Translation]) -> None:
    """Store what became of translations, and the texts of their topics: all of it or nothing.

    A topic that is translated only after the first pull goes to the end, because what is drawn for a topic depends on its place.
    """
    known = {each.topic: each for each in (*translations(study), *done)}
    with plain_errors(study.path), study.connection as connection:
        connection.execute("BEGIN IMMEDIATE")
        begun = connection.execute("SELECT EXISTS (SELECT 1 FROM pulls)").fetchone()[0]
        change = "INSERT OR REPLACE INTO topics SELECT id, ?, category, source FROM topics WHERE id = ?"
        query = change if begun else "UPDATE topics SET text = ? WHERE id = ?"
        connection.executemany(query, [(each.text, each.topic) for each in done if each.text])
        put_meta(connection, {TRANSLATIONS: [asdict(each) for each in known.values()]})
