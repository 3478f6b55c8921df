"""Examinations in a study file: which questions were put to which models, and the answers.

An answer's subject is `E1:` + the question's id, so that the answers that scored a question while it was found stay apart from
those that measure. Data flow: `Examination → tables → Answer per question and examinee`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

import orjson

from adaem_core.archive import foreign, rows
from adaem_core.archive.opening import plain_errors
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.panels import Panel, as_mapping, parse_panel
from adaem_core.records import Answer
from adaem_core.settings import ElicitSettings

ANSWERS = """SELECT r.subject, r.model, r.outcome, r.stance, r.opinions, COALESCE(json_extract(c.reply, '$.text'), r.text) AS text,
    r.reason, r.sample, r.request, COALESCE(c.purpose = 'repair', 0) AS pressed FROM responses r LEFT JOIN calls c ON c.key = r.request
    WHERE r.subject >= ? AND r.subject < ? AND r.sample = ?"""
LABELS = """SELECT subject, model, labels FROM recognitions n
    WHERE subject >= ? AND subject < ? AND sample = ? AND protocol = ? AND recogniser = ? AND outcome = 'answered'"""
WITHOUT_PRESSED = """ AND NOT EXISTS (SELECT 1 FROM responses r JOIN calls c ON c.key = r.request
    WHERE r.subject = n.subject AND r.model = n.model AND r.sample = n.sample AND c.purpose = 'repair')"""
FATES = """SELECT r.subject, r.model, r.outcome, r.reason, n.outcome AS read, n.reason AS why FROM responses r
    LEFT JOIN recognitions n ON n.subject = r.subject AND n.model = r.model AND n.sample = r.sample AND n.protocol = ? AND n.recogniser = ?
    WHERE r.subject >= ? AND r.subject < ? AND r.sample = ?"""
MENDED_RESPONSE = """ON CONFLICT DO UPDATE SET outcome = excluded.outcome, stance = excluded.stance, opinions = excluded.opinions,
    text = excluded.text, reason = excluded.reason, request = excluded.request WHERE responses.outcome = 'failed'"""
MENDED_READING = """ON CONFLICT DO UPDATE SET outcome = excluded.outcome, labels = excluded.labels, reason = excluded.reason,
    requests = excluded.requests WHERE recognitions.outcome = 'failed' OR recognitions.labels LIKE '%"failed"]%'"""
READ = "SELECT * FROM recognitions WHERE subject >= ? AND subject < ? AND sample = ? AND protocol = ? AND recogniser = ?"


@dataclass(frozen=True)
class Asked:
    """One question of an examination."""

    id: str  # unique in its examination
    text: str
    topic: str = ""
    category: str = ""


@dataclass(frozen=True)
class Examination:
    """Which questions are put to which models, under which condition. The subject of an answer to it is `E1:` + id of the question."""

    id: str  # E1, E2, … within its study
    title: str
    benchmark: str  # edition id, or content address of imported questions
    date: str  # ISO day
    examinees: tuple[str, ...]
    asked: tuple[Asked, ...]
    panel: Panel  # who can be asked: the examinees and who reads their answers; of imported answers the reader alone
    elicit: ElicitSettings
    recogniser: str  # display name of the model that reads the answers
    engine: str  # version of the studio
    condition: str = ""  # name of the priming condition; "" for none
    system_prompt: str = ""  # what is said before each question; "" for nothing
    sample: int = 0  # which draw: another one asks the same again
    imported: bool = False  # the answers came from a file: nobody was asked
    part_of: str = ""  # name of the check it belongs to; "" for a measurement of its own

    @property
    def simulated(self) -> bool:
        """True when any of its models is simulated."""
        return self.panel.simulated

    def subject(self, asked_id: str) -> str:
        """Return the subject of the answers to one question."""
        return f"{self.id}:{asked_id}"


def create(study: Study, examination: Examination) -> Examination:
    """Store a new examination under the next free id and return it; the study must be open for writing."""
    check(examination)
    made = replace(examination, id=f"E{len(every(study)) + 1}")
    with foreign.steering(study.path, study.connection):
        study.connection.execute(f"INSERT INTO examinations VALUES ({rows.marks(11)})", examination_row(made))
        study.connection.executemany(
            f"INSERT INTO asked VALUES ({rows.marks(6)})", [(made.id, place, *astuple(each)) for place, each in enumerate(made.asked)]
        )
    return made


def check(examination: Examination) -> None:
    """Raise BadInput unless there is at least one question and one examinee, each named once."""
    for what, names in (("question", [each.id for each in examination.asked]), ("examinee", list(examination.examinees))):
        if not names:
            raise BadInput(f"There is no {what} to examine. Choose at least one.")
        if repeated := sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []:
            raise BadInput(f"Each {what} must come once, got {', '.join(repeated[:5])} more than once.")


def every(study: Study) -> list[Examination]:
    """Return the examinations of a study, in the order they were made."""
    return [read(study, row) for row in study.select("SELECT * FROM examinations ORDER BY rowid")]


def measurements(study: Study) -> list[Examination]:
    """Return the examinations that measure, leaving out those made for a check (primed, retested)."""
    return [each for each in every(study) if not each.part_of]


def one(study: Study, id: str) -> Examination:
    """Return one examination; BadInput if there is none."""
    found = study.select("SELECT * FROM examinations WHERE id = ?", (id,))
    if not found:
        raise BadInput(f"No examination {id} in {study.path.name}.")
    return read(study, found[0])


def measurement(study: Study, id: str | None = None) -> Examination:
    """Return one examination, by default the last that measures; BadInput if there is none."""
    if id:
        return one(study, id)
    known = measurements(study)
    if not known:
        raise BadInput(f"{study.path.name}: nothing was examined yet. Run the command examine first.")
    return known[-1]


def read(study: Study, row: dict[str, Any]) -> Examination:
    """Return the examination in a row, with its questions."""
    asked = study.select("SELECT id, text, topic, category FROM asked WHERE examination = ? ORDER BY position", (row["id"],))
    made_with = orjson.loads(row.pop("config"))
    return Examination(
        **{**row, "examinees": tuple(orjson.loads(row["examinees"])), "imported": bool(row["imported"])},
        asked=tuple(Asked(**each) for each in asked),
        panel=parse_panel(made_with["panel_name"], made_with["panel"], row["id"]),
        elicit=ElicitSettings.read(made_with["elicit"]),
        recogniser=made_with["recogniser"] or "",
        engine=made_with["engine"],
    )


def examination_row(each: Examination) -> tuple[Any, ...]:
    """Return the row of an examination; its questions lie in a table of their own."""
    made_with = {
        "panel": as_mapping(each.panel),
        "panel_name": each.panel.name,
        "simulated": each.simulated,
        "elicit": asdict(each.elicit),
        "engine": each.engine,
        "recogniser": each.recogniser or None,
    }
    told = (each.id, each.title, each.benchmark, each.date, rows.dumps(each.examinees), rows.dumps(made_with))
    return (*told, each.condition, each.system_prompt, each.sample, each.imported, each.part_of)


def save(study: Study, answers: Iterable[Answer]) -> None:
    """Store answers in one transaction; a response or recognition that is there already stays as it is, unless something in it failed."""
    answers = list(answers)
    with plain_errors(study.path), study.connection:
        study.connection.execute("BEGIN IMMEDIATE")
        study.connection.executemany(
            f"INSERT INTO responses VALUES ({rows.marks(9)}) {MENDED_RESPONSE}", [rows.response_row(each.response) for each in answers]
        )
        recognised = [rows.recognition_row(each.recognition) for each in answers if each.recognition]
        study.connection.executemany(f"INSERT INTO recognitions VALUES ({rows.marks(9)}) {MENDED_READING}", recognised)


def answers(
    study: Study, examination: Examination, protocol: str = "", *, recogniser: str = "", asked_id: str | None = None
) -> list[Answer]:
    """Return the stored answers (to one question), by question, then examinee; labels as one recogniser read them by one protocol.

    By default those are the recogniser and the protocol the examination was made with.
    """
    low, high = span(examination, asked_id)
    how = (protocol or examination.elicit.protocol, recogniser or examination.recogniser)
    read = {(row["subject"], row["model"]): row for row in study.select(READ, (low, high, examination.sample, *how))}
    found = study.select(ANSWERS, (low, high, examination.sample))
    told = {(row["subject"], row["model"]): rows.answer(row, read.get((row["subject"], row["model"]))) for row in found}
    wanted = [each.id for each in examination.asked] if asked_id is None else [asked_id]
    places = [(examination.subject(id), model) for id in wanted for model in examination.examinees]
    return [told[place] for place in places if place in told]


def readings(
    study: Study, examination: Examination, protocol: str = "", *, recogniser: str = "", pressed: bool = True
) -> list[dict[str, Any]]:
    """Return subject, model and labels (JSON) of every answer whose values were read: what `answers` says, without the words.

    With `pressed` False those are left out that came only when the model was asked once more.
    """
    how = (protocol or examination.elicit.protocol, recogniser or examination.recogniser)
    return study.select(LABELS + WITHOUT_PRESSED * (not pressed), (*span(examination, None), examination.sample, *how))


def fates(study: Study, examination: Examination) -> list[dict[str, Any]]:
    """Return what became of every answer, without its words: subject, model, outcome, reason; read, why (of the recogniser, None if unread)."""
    how = (examination.elicit.protocol, examination.recogniser)
    return study.select(FATES, (*how, *span(examination, None), examination.sample))


def span(examination: Examination, asked_id: str | None) -> tuple[str, str]:
    """Return the range of subjects, lower end included: one question's, or all of the examination's."""
    if asked_id is not None:
        return examination.subject(asked_id), examination.subject(asked_id) + "\0"
    return f"{examination.id}:", f"{examination.id};"  # ";" follows ":"


def content_address(texts: Sequence[str]) -> str:
    """Return a short content address of imported questions, in their order."""
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
