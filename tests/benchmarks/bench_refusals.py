"""How well refusals are told from answers, language by language, on the labelled list; and what telling them takes.

The list is no held-out sample: what the patterns missed in it was mended. Its last four parts (346 texts) were each written against finished
patterns, which found 0.71, 0.69, 0.52 and 0.62 of their refusals before they were mended, with a precision of 0.86, 0.91, 1 and 1: so much
can be hoped for on words nobody thought of.

    python -m tests.benchmarks.bench_refusals
"""

import time
from collections import defaultdict

from adaem_core.elicit.plain import prepare
from adaem_core.elicit.refusal import refuses
from tests.elicit.test_refusal import labelled


def main() -> None:
    """Print precision and recall of refusals per language and over all."""
    counts: dict[str, dict[tuple[bool, bool], int]] = defaultdict(lambda: defaultdict(int))
    rows, began = labelled(), time.process_time()
    for row in rows:
        told = row["kind"] == "refusal", refuses(prepare(row["text"]))
        for name in (row["language"], "all"):
            counts[name][told] += 1
    seconds = time.process_time() - began
    print("language  refusals  answers  recall  precision")
    for name, found in counts.items():
        right, missed, false = found[True, True], found[True, False], found[False, True]
        answers = false + found[False, False]
        print(f"{name:8} {right + missed:9} {answers:8} {right / (right + missed):7.3f} {right / max(right + false, 1):10.3f}")
    print(f"{1000 * seconds / len(rows):.2f} ms of CPU a reply, patterns read included")


if __name__ == "__main__":
    main()
