"""The study file: one SQLite database that holds an investigation, and can be continued after any interruption.

Each finished unit of work (a wave of pulls) is one transaction; each reply is stored before it is used. One process writes at
a time; any number read (docs/decisions/one-study-one-file.md).
"""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any, Self

import orjson
from filelock import FileLock

from adaem_core.archive import foreign, rows
from adaem_core.archive.companions import begin_log, damaged, free_lock, leave_single_file, locked, logging
from adaem_core.archive.ledger import Ledger
from adaem_core.archive.opening import (
    VERSION,
    check_quickly,
    closed_on_failure,
    connect,
    exists,
    now,
    open_checked,
    plain_errors,
    put_meta,
)
from adaem_core.errors import BadInput
from adaem_core.records import Answer, Attempt, Outgrowth, Pull, Topic

TRANSLATIONS = "translations"  # the setting that holds what became of topics in other languages
ANSWERS = """SELECT subject, responses.model, outcome, stance, opinions, COALESCE(json_extract(calls.reply, '$.text'), text) AS text, reason, sample, responses.request,
    COALESCE(calls.purpose = 'repair', 0) AS pressed FROM responses LEFT JOIN calls ON calls.key = responses.request WHERE subject = ? ORDER BY responses.rowid"""


ODD = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, sqlite3.Error)  # what comes of odd content when it is read


class Study(Ledger):
    """An open study file: `with Study.write(path) as study: …`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None = None) -> None:
        self.path, self.connection, self._lock, self._short = path, connection, lock, False

    # Opening and closing

    @classmethod
    def create(cls, path: Path, meta: Mapping[str, Any], topics: Iterable[Topic]) -> Self:
        """Return a new study at `path`, locked for writing; BadInput if there is a study already."""
        with plain_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        if exists(path):
            raise BadInput(f"{path} holds a study already. Open it to continue it, or choose another name.")
        lock = locked(path)
        try:
            connection = cls._made(path, meta, topics)
        except BaseException:
            lock.release()
            raise
        return cls(path, connection, lock)

    @staticmethod
    def _made(path: Path, meta: Mapping[str, Any], topics: Iterable[Topic]) -> sqlite3.Connection:
        with plain_errors(path):
            connection = connect(path, "rwc")
            # One transaction, not yet in the log: a study killed while being made is an empty file, never half a study or one without its log.
            with closed_on_failure(connection), connection:
                connection.execute("BEGIN IMMEDIATE")
                for statement in rows.SCHEMA.split(";"):
                    connection.execute(statement)
                connection.executemany("INSERT INTO topics VALUES (?, ?, ?, ?)", [astuple(each) for each in topics])
                put_meta(connection, {"version": VERSION, "created": now(), "identity": secrets.token_hex(4), **meta})
                foreign.note(path, connection)
            with closed_on_failure(connection):
                begin_log(connection)
        return connection

    @classmethod
    def write(cls, path: Path) -> Self:
        """Return the study at `path`, locked for writing; BadInput if another process is writing it."""
        lock = locked(path)
        try:
            connection = open_checked(path, "rw")
            with closed_on_failure(connection), plain_errors(path):
                check_quickly(path, connection)
                begin_log(connection)
        except BaseException:
            lock.release()
            raise
        study = cls(path, connection, lock)
        study.lose()
        return study

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the study at `path` for reading; BadInput if it cannot be read."""
        return cls(path, open_checked(path, "ro"))

    @classmethod
    def beside(cls, path: Path) -> Self:
        """Return the study at `path` for one short transaction beside a running writer; BadInput if it cannot be written."""
        study = cls(path, open_checked(path, "rw"))
        study._short = True
        return study

    def close(self) -> None:
        """Close the file and let others write; a finished writer leaves one self-contained file behind."""
        if self._short and logging(self.connection):
            self._lock = free_lock(self.path)  # held by nobody: the writer was killed, and its log goes with this last connection
        if self._lock:
            leave_single_file(self.connection)
        self.connection.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.close()
        if isinstance(error, ODD) and not self._lock:  # who writes has made what it holds
            raise BadInput(damaged(self.path, f"something in it is not as the studio writes it: {type(error).__name__}")) from error

    # Settings of the study

    def meta(self, key: str, default: Any = None) -> Any:
        """Return the value stored under `key`, or `default`."""
        with plain_errors(self.path):
            row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        try:
            return orjson.loads(row[0]) if row else default
        except orjson.JSONDecodeError as error:
            raise BadInput(damaged(self.path, f"what it says of “{key}” cannot be read")) from error

    @classmethod
    def note(cls, path: Path, **values: Any) -> None:
        """Store a few values beside a running writer, in one short transaction: requests to a job, people's judgements."""
        with cls.beside(path) as study:
            study.set_meta(**values)

    def set_meta(self, **values: Any) -> None:
        """Store `values`, replacing older ones, in one transaction."""
        with foreign.steering(self.path, self.connection):
            put_meta(self.connection, values)

    # Results

    def save_pulls(self, pulls: Sequence[Pull]) -> None:
        """Store a finished wave in one transaction: all of it or nothing."""
        with plain_errors(self.path), self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            for pull in pulls:
                self.insert_pull(pull)

    def insert_pull(self, pull: Pull) -> None:
        """Add a pull inside the caller's transaction."""
        self._insert("pulls", [(pull.number, pull.topic_id, pull.ucb, pull.reward, now())])
        for outgrowth in ([pull.root] if pull.root else []) + list(pull.outgrowths):
            self._save_outgrowth(pull.number, outgrowth)

    def _save_outgrowth(self, pull: int, grown: Outgrowth) -> None:
        self._insert("questions", [rows.question_row(pull, grown)])
        self._insert("attempts", [rows.attempt_row(each) for each in grown.attempts])
        answers = [*grown.answers, *(answer for attempt in grown.attempts for answer in attempt.answers)]
        self.insert_answers(answers)

    def insert_answers(self, answers: Iterable[Answer]) -> None:
        """Add answers inside the caller's transaction."""
        answers = list(answers)
        self._insert("responses", [rows.response_row(each.response) for each in answers])
        self._insert("recognitions", [rows.recognition_row(each.recognition) for each in answers if each.recognition])

    def _insert(self, table: str, values: Sequence[tuple[Any, ...]]) -> None:
        if values:
            self.connection.executemany(f"INSERT INTO {table} VALUES ({rows.marks(len(values[0]))})", values)

    def topics(self) -> list[Topic]:
        """Return the topics in the order they were given, without those that await a translation or got none."""
        left_out = {each["topic"] for each in self.meta(TRANSLATIONS, ()) if not each["text"]}
        return [Topic(**each) for each in self.select("SELECT * FROM topics ORDER BY rowid") if each["id"] not in left_out]

    def outgrowths(self, topic_id: str | None = None) -> list[Outgrowth]:
        """Return what became of every question (of one topic), without attempts and answers, in order of writing."""
        where, parameters = ("WHERE topic_id = ?", (topic_id,)) if topic_id else ("", ())
        return [rows.outgrowth(each) for each in self.select(f"SELECT * FROM questions {where} ORDER BY rowid", parameters)]

    def question(self, id: str) -> Outgrowth:
        """Return one question with all its attempts and answers; BadInput if there is none."""
        found = self.select("SELECT * FROM questions WHERE id = ?", (id,))
        if not found:
            raise BadInput(f"No question {id} in {self.path.name}.")
        return rows.outgrowth(found[0], self.attempts(id), self.answers(id))

    def attempts(self, question_id: str) -> tuple[Attempt, ...]:
        """Return every text tried for a question, in order, with the answers it got."""
        found = self.select("SELECT * FROM attempts WHERE question_id = ? ORDER BY step", (question_id,))
        return tuple(rows.attempt(each, self.answers(f"{question_id}#{each['step']}")) for each in found)

    def answers(self, subject: str) -> tuple[Answer, ...]:
        """Return the answers to one subject, in the order they were stored."""
        responses = self.select(ANSWERS, (subject,))
        recognitions = {
            (each["model"], each["sample"]): each for each in self.select("SELECT * FROM recognitions WHERE subject = ?", (subject,))
        }
        return tuple(rows.answer(each, recognitions.get((each["model"], each["sample"]))) for each in responses)

    def finished_pulls(self) -> list[Pull]:
        """Return every finished pull with its questions, without attempts and answers: what a continued run needs."""
        grown: dict[int, list[Outgrowth]] = {}
        for each in self.select("SELECT * FROM questions ORDER BY rowid"):
            grown.setdefault(each["pull"], []).append(rows.outgrowth(each))
        return [rows.pull(each, grown.get(each["number"], [])) for each in self.pulls()]

    def pulls(self) -> list[dict[str, Any]]:
        """Return number, topic_id, ucb, reward and time of every finished pull."""
        return self.select("SELECT * FROM pulls ORDER BY number")
