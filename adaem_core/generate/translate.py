"""Have topics that are not in English translated by a model of the panel, before anything else is asked.

A reply that is no whole translation leaves its topic out, with the reason: no empty, half or foreign text is ever asked.
Data flow: `topics, languages → awaited → request → reply → read_translation → topic in English | why it is left out`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from adaem_core.archive.study import Study
from adaem_core.archive.texts import cleaned, is_question, spelling
from adaem_core.archive.translations import Translation, save, translations
from adaem_core.chat.blocks import block
from adaem_core.chat.forecast import Stage, stage
from adaem_core.chat.model import Model
from adaem_core.elicit.plain import LONGEST, plain, prepare
from adaem_core.elicit.refusal import refuses
from adaem_core.elicit.turns import Unread, ask_and_read, together
from adaem_core.errors import BadInput
from adaem_core.generate.fact import GREETING
from adaem_core.generate.topics import LONGEST_TOPIC
from adaem_core.generate.topics_language import language_of
from adaem_core.generate.topics_question import as_question
from adaem_core.messages import Params, Purpose, Request
from adaem_core.panels import ModelSpec, Panel
from adaem_core.records import Outcome, Topic

TRANSLATE = """Translate the text below into English, for a survey on values. Keep its meaning, its strength and its form: a question
stays a question, a statement stays a statement. Do not answer it, soften it, shorten it or explain it.

{text}

Reply on one line and with nothing else, in exactly this form:
Translation: <the whole text in English>"""
LABEL = re.compile(r"^\W{0,4}(?:(?:the|my|an?|here is (?:the|my|an?))\s+)?(?:english\s+)?translation\b[^:\n]{0,30}:\s*(.*)$", re.IGNORECASE)
ECHO = re.compile(r"^\W*the whole text in english\W*$", re.IGNORECASE)
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # a sign of these says as much as three letters
CLOSES = {"“": "”“", "„": "“”", "«": "»", '"': '"”'}  # quotation mark → those that close it
SHORTEST, LONGEST_TIMES, SLACK = 0.4, 3, 40  # length of a translation as a multiple of its text's, with so many letters more
TOKENS_PER_LETTER, TOKENS_PER_SIGN = 0.35, 1.0  # rough; other scripts than Latin take about a token a sign


def awaited(topics: Sequence[Topic], languages: Mapping[str, str], model: str) -> tuple[Translation, ...]:
    """Return what is to be translated by `model`: the topics whose language is told, by id."""
    return tuple(Translation(each.id, languages[each.id], each.text, model) for each in topics if each.id in languages)


def check_translator(panel: Panel, model: str) -> ModelSpec:
    """Return the model of the panel that is to translate; BadInput where there is none of this name, or it is simulated."""
    spec = next((each for each in panel.models if each.name == model), None)
    if spec is None:
        raise BadInput(
            f"No model {model!r} in panel {panel.name!r} to translate topics. It has: {', '.join(e.name for e in panel.models)}."
        )
    if spec.simulated:
        raise BadInput(
            f"{model} is simulated and knows no languages, so it cannot translate topics. Choose a model of a panel of real ones, leave these "
            "topics out, or translate the file yourself."
        )
    return spec


def forecast(panel: Panel, wanted: Sequence[Translation]) -> tuple[Stage, ...]:
    """Return what translating will take, no stage where there is nothing to translate; BadInput where the translator cannot."""
    if not wanted:
        return ()
    spec, prompt = check_translator(panel, wanted[0].model), tokens(TRANSLATE)
    return (stage(Purpose.TRANSLATE, [(spec, 1, (prompt + tokens(each.original), tokens(each.original))) for each in wanted]),)


def tokens(text: str) -> float:
    """Return about how many tokens a text has, in whatever script."""
    return sum(TOKENS_PER_LETTER if letter < "\u0370" else TOKENS_PER_SIGN for letter in text)


async def translate_topics(study: Study, ask: Model) -> tuple[Translation, ...]:
    """Translate the topics of a study that await it, store what became of them, and return that; raises a kind of Paused at a stop."""
    done = await together(translated(ask, each) for each in translations(study) if each.awaited)
    if done:
        done = tuple(without_twins(done, study.topics()))
        save(study, done)
    return done


async def translated(ask: Model, wanted: Translation) -> Translation:
    """Return a topic with its text in English, or with the reason why there is none."""
    reading = await ask_and_read(ask, translate_request(wanted), partial(read_translation, wanted.original))
    found, asked = reading.found, replace(wanted, request=reading.keys[-1])
    if isinstance(found, Unread):
        return replace(asked, reason=found.reason, passing=found.outcome is Outcome.FAILED)
    return replace(asked, text=as_question(found), reason="", passing=False)


def translate_request(wanted: Translation) -> Request:
    """Return the request for one translation."""
    prompt = TRANSLATE.format(text=block("text", wanted.original))
    return Request(
        wanted.model, ({"role": "user", "content": prompt},), Params(temperature=0, top_p=1, max_tokens=600), purpose=Purpose.TRANSLATE
    )


def without_twins(done: Sequence[Translation], topics: Sequence[Topic]) -> Iterator[Translation]:
    """Yield translations; one that asks what another topic asks already leaves its topic out."""
    taken = {spelling(each.text): each.id for each in topics}
    for each in done:
        twin = taken.setdefault(spelling(each.text), each.topic) if each.text else each.topic
        yield (
            each if twin == each.topic else replace(each, text="", reason=f"In English it is what topic {twin} asks already: “{each.text}”")
        )


def read_translation(original: str, reply: str) -> str | Unread:
    """Return the translation in `reply` on one line; Unread where it is not certain to be the whole text, in English."""
    prepared = prepare(reply[:LONGEST])
    lines = [line for each in prepared.splitlines() if (line := plain(each).strip())]
    said, rest = labelled(lines)
    if refuses(said or prepared) and not refuses(original):
        return Unread(Outcome.REFUSED, f"The translator declined: “{plain(prepared[:1500])[:160]}”")
    if rest:
        return unread("is not one line that is marked as the translation")
    text = cleaned(said)
    problem = next(problems(original, text), None)
    return unread(problem) if problem else text


def labelled(lines: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return what is marked as the translation, or the only line there is; and what stands there beside it that could belong to it."""
    places = [place for place, line in enumerate(lines) if LABEL.match(line)]
    if not places:
        return ("", lines) if len(lines) > 1 or any(map(GREETING.match, lines)) else ("".join(lines), ())
    texts = [match[1] for place in places if (match := LABEL.match(lines[place])) and not ECHO.match(match[1])]
    below = lines[places[-1] + 1 :]
    if texts and not texts[-1] and below:  # the label stands above
        texts, below = [*filter(None, texts), below[0]], below[1:]
    return (texts[-1] if texts else ""), (*below, *(each for each in texts[:-1] if each != texts[-1]))


def problems(original: str, text: str) -> Iterator[str]:
    """Yield what speaks against `text` being the whole of `original` in English."""
    size = len(original) + 2 * len(DENSE.findall(original))
    if not any(letter.isalpha() for letter in text):
        yield "holds no text"
    if len(text) > min(LONGEST_TOPIC, LONGEST_TIMES * size + SLACK):
        yield f"is {len(text):,} characters long, too long for this text"
    if len(text) < SHORTEST * size:
        yield f"is {len(text):,} characters long, too short to be the whole text"
    if unclosed(text) or (text.endswith(("…", "...")) and not original.rstrip().endswith(("…", "..."))):
        yield "breaks off"
    if spelling(text) == spelling(original):
        yield "repeats the text"
    if language := language_of(text):
        yield f"is in {language}"
    if is_question(original) and not is_question(text):
        yield "asks no question, but the text does"


def unclosed(text: str) -> bool:
    """Say whether a text begins with a quotation mark that nothing closes."""
    return text[:1] in CLOSES and not any(mark in text[1:] for mark in CLOSES[text[0]])


def unread(problem: str) -> Unread:
    """Return the record of a reply that holds no usable translation."""
    return Unread(Outcome.UNREADABLE, f"The translation cannot be used: it {problem}.")
