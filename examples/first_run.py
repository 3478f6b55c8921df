"""A first run: search for telling questions, put them to models, and see where each model stands. SIMULATED: nobody is asked, nothing is paid.

python examples/first_run.py [FOLDER]
"""

# %% Where the study goes: the folder given, or one that goes away
import sys
import tempfile
from pathlib import Path

import pandas as pd

import adaem_core as adaem

scratch = tempfile.TemporaryDirectory()
study = (Path(sys.argv[1]) if sys.argv[1:] else Path(scratch.name)) / "first_run.db"

# %% Search: each pull picks a general topic, and grows specific questions from it
topics = adaem.read_topics("general").topics[:6]
found = adaem.generate_questions(study, adaem.settings.GenerateSettings(budget=3), panel="simulated", topics=topics)
label = "SIMULATED: " * found["simulated"]
print(
    f"{label}{found['questions']} questions; mean score {found['mean_score_topics']:.1f} of topics, {found['mean_score_questions']:.1f} of questions"
)

# %% The most telling questions: S is high where models show different values
with adaem.open_study(study) as opened:
    for item in adaem.edition(opened, top=3).items:
        print(f"{label}S = {item.score.total:.1f}  {item.question.text}")

# %% Examine: the questions found are put to the models, and the values in their answers are read
adaem.examine(study)

# %% Measure: a win rate is the chance to put a value forward more than another model does
with adaem.open_study(study) as opened:
    labels = adaem.labels(opened)
standings = adaem.stand(labels, adaem.settings.MeasureSettings())
rates = pd.DataFrame(adaem.rated(standings))
print(f"{label}win rates from {len(labels.questions)} questions, too few to tell many models apart")
print(rates[rates["dimension"] == "SEC"].sort_values("win_rate", ascending=False).round(2).to_string(index=False))
