"""What failed for the moment in a study: how much, in which pulls, and how a pull that was carried out again takes its place.

Data flow: `study → count, numbers of pulls`; `Pull → its rows in place of the old ones`.
"""

from adaem_core.archive.opening import plain_errors
from adaem_core.archive.study import Study
from adaem_core.records import Pull

# An answer or reading that failed, a fate that a failure gave, or a question whose own values the recogniser could not be asked for.
FAILED = """WITH failed AS (SELECT json_extract(reply, '$.reason') AS reason, purpose FROM calls
  WHERE failure = 'failed' AND instr(key, '/') = 0)
SELECT DISTINCT q.pull FROM questions q WHERE EXISTS (SELECT 1 FROM failed) AND (
  EXISTS (SELECT 1 FROM responses r WHERE (r.subject = q.id OR r.subject BETWEEN q.id || '#' AND q.id || '$') AND r.outcome = 'failed')
  OR EXISTS (SELECT 1 FROM recognitions n WHERE (n.subject = q.id OR n.subject BETWEEN q.id || '#' AND q.id || '$')
    AND (n.outcome = 'failed' OR n.labels LIKE '%"failed"]%'))
  OR EXISTS (SELECT 1 FROM failed WHERE reason != '' AND instr(q.reason, rtrim(failed.reason, '.')) > 0)
  OR (q.fate = 'unscored' AND q.question_labels IS NULL AND EXISTS (SELECT 1 FROM failed WHERE purpose = 'label_question'))
) ORDER BY q.pull"""
ROWS_OF_PULL = (
    "DELETE FROM {0} WHERE EXISTS (SELECT 1 FROM questions q WHERE q.pull = ?"
    " AND ({0}.subject = q.id OR {0}.subject BETWEEN q.id || '#' AND q.id || '$'))"
)


def failed_count(study: Study) -> int:
    """Return how many answers and readings failed for the moment; where there is none, how many pulls hold something else that did."""
    lost = "SELECT (SELECT COUNT(*) FROM responses WHERE outcome = 'failed') + (SELECT COUNT(*) FROM recognitions WHERE {}) AS n"
    found = study.select(lost.format("""outcome = 'failed' OR labels LIKE '%"failed"]%'"""))
    return int(found[0]["n"]) or len(failed_pulls(study))


def failed_pulls(study: Study) -> list[int]:
    """Return the numbers of the finished pulls in which something failed for the moment."""
    return [each["pull"] for each in study.select(FAILED)]


def replace_pull(study: Study, pull: Pull) -> None:
    """Store a pull that was carried out again in place of what it left before: all of it or nothing."""
    with plain_errors(study.path), study.connection:
        study.connection.execute("BEGIN IMMEDIATE")
        for table in ("responses", "recognitions"):
            study.connection.execute(ROWS_OF_PULL.format(table), (pull.number,))
        study.connection.execute("DELETE FROM attempts WHERE question_id IN (SELECT id FROM questions WHERE pull = ?)", (pull.number,))
        for table, column in (("questions", "pull"), ("pulls", "number")):
            study.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (pull.number,))
        study.insert_pull(pull)
