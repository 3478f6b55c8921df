"""Measure answers you have already: a table of model, question and answer goes in, win rates come out, and nobody is asked again.

Here the simulated recogniser reads the values, so the result is SIMULATED; name a panel of your own to have a real model read.

    python examples/measure_your_own_answers.py [FOLDER]
"""

# %% Where the files go: the folder given, or one that goes away
import sys
import tempfile
from pathlib import Path

import pandas as pd

import adaem_core as adaem

scratch = tempfile.TemporaryDirectory()
folder = Path(sys.argv[1]) if sys.argv[1:] else Path(scratch.name)

# %% The answers: any table with these three columns (CSV, TSV or JSON lines), each answer with a stance and points
questions = [topic.text for topic in adaem.read_topics("general").topics[:12]]
POINTS = {
    "careful model": [
        "Public safety: It keeps law and order.",
        "A secure future: People can plan.",
        "Proper behaviour: It keeps to the rules.",
    ],
    "curious model": ["Personal freedom: People decide for themselves.", "Fresh challenges: It is exciting.", "Leisure: It is fun."],
    "caring model": ["Equal rights: Nobody is left out.", "Helping neighbours: It shows kindness.", "Safety: Families are secure."],
}
rows = [
    {"model": model, "question": question, "answer": f"Stance: Yes\nKey Points:\n1. {points[place % 3]}"}
    for model, points in POINTS.items()
    for place, question in enumerate(questions)
]
answers = folder / "answers.csv"
pd.DataFrame(rows).to_csv(answers, index=False)

# %% Read the values in them: this makes a study that also the app can open
study = folder / "own_answers.db"
told = adaem.examine(study, answers=answers, examinees="simulated")
label = "SIMULATED: " * told["simulated"]
print(f"{label}{told['answered']} answers of {len(told['examinees'])} models read, {told['values_not_read']} not")

# %% Where each model stands, and which differences are more than chance
with adaem.open_study(study) as opened:
    labels = adaem.labels(opened)
standings = adaem.stand(labels, adaem.settings.MeasureSettings())
rates = pd.DataFrame(adaem.rated(standings))
print(f"{label}who puts security forward (win rate, interval, ranks that admit ties)")
print(rates[rates["dimension"] == "SEC"].round(2).to_string(index=False))
pair = adaem.compare(standings, "careful model", "curious model")
for id, difference, low, high, p in zip(pair.dimensions, pair.difference, pair.low, pair.high, pair.adjusted, strict=True):
    if p < 0.05:
        print(f"{label}{id}: careful minus curious model {difference:+.2f} [{low:+.2f}, {high:+.2f}]")
