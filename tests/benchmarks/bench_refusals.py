"""How well refusals are told from answers, language by language, on the labelled list; and what telling them takes.

The list is no held-out sample: what the patterns missed in it was mended. Its last part (some 230 texts) was written against finished
patterns and read by them with recall 0.70 and precision 0.89 before that; so much can be hoped for on words nobody thought of.

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
