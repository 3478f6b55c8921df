"""The ledger of every request a study has made, and of those under way.

Data flow: `Request, Completion → row of calls, chained`; `request sent → note, until its reply is recorded`.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from adaem_core.archive import chain, rows
from adaem_core.archive.opening import now, plain_errors
from adaem_core.messages import Completion, Request

SPENT = """SELECT COUNT(*) AS calls, COALESCE(SUM(tokens), 0) AS tokens, COALESCE(SUM(cost), 0) AS cost FROM
    (SELECT prompt_tokens + completion_tokens AS tokens, cost FROM calls WHERE NOT cached UNION ALL SELECT tokens, cost FROM sent WHERE lost)"""


class Ledger:
    """The part of an open study that records what was asked and answered."""

    path: Path
    connection: sqlite3.Connection

    def recall(self, key: str) -> Completion | None:
        """Return the reply stored under `key`, None if this study never got one."""
        row = self.call(key)
        return rows.completion(row) if row else None

    def record(self, endpoint: str, request: Request, reply: Completion) -> None:
        """Store a reply at once, before it is used; a second reply to the same request is ignored, unless the first one failed.

        What failed stays under a key of its own: it may have cost something.
        """
        row = (*rows.call_row(endpoint, request, reply), now())
        with plain_errors(self.path), self.connection as write:
            write.execute("BEGIN IMMEDIATE")
            write.execute("UPDATE calls SET key = key || '/' || rowid WHERE key = ? AND failure = 'failed'", (reply.key,))
            if write.execute(f"INSERT OR IGNORE INTO calls VALUES ({rows.marks(12)})", row).rowcount:
                chain.extend(write, [row])
            write.execute("DELETE FROM sent WHERE key = ? AND NOT lost", (reply.key,))

    def sending(self, key: str, model: str, tokens: int, cost: float) -> None:
        """Note that a request is under way and what it may cost at most: should this process be killed, the next one counts it."""
        with plain_errors(self.path):
            self.connection.execute("INSERT INTO sent VALUES (?, ?, ?, ?, ?, 0)", (key, model, tokens, cost, now()))

    def unsent(self, key: str) -> None:
        """Take back that a request is under way: it came to nothing that is paid, or to a reply lost on its way."""
        with plain_errors(self.path):
            self.connection.execute("DELETE FROM sent WHERE key = ? AND NOT lost", (key,))

    def lost(self) -> dict[str, Any]:
        """Return calls, tokens and cost, at their bounds, of requests that were under way when a worker was killed."""
        query = "SELECT COUNT(*) AS calls, COALESCE(SUM(tokens), 0) AS tokens, COALESCE(SUM(cost), 0) AS cost FROM sent WHERE lost"
        return self.select(query)[0]

    def spent(self) -> dict[str, float]:
        """Return calls, tokens and cost (US dollars) this study has paid for, or may have to (`lost`); cached replies are free."""
        return self.select(SPENT)[0]

    def tally(self) -> list[dict[str, Any]]:
        """Return per purpose and model: calls, cached, failed, tokens, cost."""
        query = """SELECT purpose, model, COUNT(*) AS calls, SUM(cached) AS cached, SUM(failure != '') AS failed,
            SUM(prompt_tokens + completion_tokens) AS tokens, SUM(CASE WHEN cached THEN 0 ELSE cost END) AS cost FROM calls GROUP BY purpose, model ORDER BY purpose, model"""
        return self.select(query)

    def lose(self) -> None:
        """Count as lost what an earlier writer has sent and did not live to record."""
        with plain_errors(self.path):
            self.connection.execute("UPDATE sent SET lost = 1 WHERE NOT lost")

    def call(self, key: str) -> dict[str, Any] | None:
        """Return everything known about one request: prompt, parameters, model, date, cost, cached or not."""
        return next(iter(self.select("SELECT * FROM calls WHERE key = ?", (key,))), None)

    def select(self, query: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a query as mappings."""
        with plain_errors(self.path):
            cursor = self.connection.execute(query, parameters)
            names = [each[0] for each in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
