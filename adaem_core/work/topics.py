"""The topics that the options of a command ask for; those in other languages are left out, asked as they are, or translated.

Data flow: `options → file → topics drawn, translations awaited`; `translations → what is told of them`.
"""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adaem_core.archive.study import Study
from adaem_core.archive.translations import Translation, as_given, translations
from adaem_core.errors import BadInput
from adaem_core.generate.topics import TopicFile, read_topics, sample_topics, shipped_topics
from adaem_core.generate.translate import awaited
from adaem_core.records import Topic
from adaem_core.settings import GenerateSettings
from adaem_core.work.command import reading, tell_of_file


@dataclass(frozen=True)
class Drawn:
    """The topics of a study, and which of them are to be translated first."""

    topics: tuple[Topic, ...]
    awaited: tuple[Translation, ...] = ()


def topics_for(options: Namespace) -> Drawn:
    """Return the topics the options ask for."""
    asked = options.topics or "general"
    found, languages = (asked, {}) if isinstance(asked, tuple) else topics_in(asked, options)
    seed = options.seed if options.seed is not None else GenerateSettings().seed
    drawn = tuple(sample_topics(found, options.max_topics, seed) if options.max_topics is not None else found)
    return Drawn(drawn, awaited(drawn, languages, options.translate_with) if options.translate_with else ())


def topics_in(source: str, options: Namespace) -> tuple[tuple[Topic, ...], Mapping[str, str]]:
    """Return the topics of a file or a shipped set, and the language of each that is not in English, which is told."""
    if options.english_only and options.translate_with:
        raise BadInput("Topics in other languages are either left out or translated. Give one of --english-only and --translate-with.")
    read = read_topics(source, column=options.column, ids=options.id_column, how=reading(options))
    if source in shipped_topics():
        return read.topics, {}
    tell_of_file(read.name, read.notes)
    foreign = read.foreign()
    tell_of_foreign(read, foreign, options)
    if options.translate_with:
        return read.as_written(), foreign
    kept = tuple(each for each in read.topics if each.id not in foreign)
    if options.english_only and not kept:
        raise BadInput(
            f"{read.name}: no topic is in English, and authors are asked in English. Have them translated (--translate-with), or translate the file."
        )
    return (kept if options.english_only else read.topics), foreign


def tell_of_foreign(read: TopicFile, foreign: Mapping[str, str], options: Namespace) -> None:
    """Write what happens to topics in other languages to standard error."""
    if not foreign:
        return
    happens = (
        "are kept, though authors are asked in English: leave them out with --english-only, or have them translated with --translate-with"
    )
    happens = "are left out" if options.english_only else happens
    happens = f"are translated by {options.translate_with}" if options.translate_with else happens
    languages = ", ".join(sorted(set(foreign.values())))
    sys.stderr.write(f"{len(foreign):,} of {len(read.topics):,} topics are not in English ({languages}) and {happens}.\n")


def differs(study: Study, drawn: Drawn) -> bool:
    """Say whether a study was given other topics than these, or has others of them translated, or by another model."""
    given = {each.id: each for each in as_given(study)}
    known = {(each.topic, each.model) for each in translations(study)}
    return given != {each.id: each for each in drawn.topics} or known != {(each.topic, each.model) for each in drawn.awaited}


def tell_of_translations(done: Sequence[Translation]) -> None:
    """Write how many topics were translated, and which are left out and why, to standard error."""
    if done:
        sys.stderr.write(f"{sum(bool(each.text) for each in done):,} of {len(done):,} topics in other languages were translated.\n")
    for each in done:
        if not each.text:
            sys.stderr.write(f"Topic {each.topic} is left out{' for now' * each.passing}: {each.reason}\n")
