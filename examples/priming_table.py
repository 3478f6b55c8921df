"""The priming table: is a model that was told to hold a value seen to hold it? (The paper's Table 10.) SIMULATED: nobody is asked.

python examples/priming_table.py [FOLDER]
"""

# %% Where the study goes: the folder given, or one that goes away
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import pandas as pd

import adaem_core as adaem

scratch = tempfile.TemporaryDirectory()
study = (Path(sys.argv[1]) if sys.argv[1:] else Path(scratch.name)) / "priming.db"

# %% A baseline: the models answer questions on which they differ
topics = adaem.read_topics("general").topics[:6]
adaem.generate_questions(study, adaem.settings.GenerateSettings(budget=4), topics=topics)
told = adaem.examine(study)
label = "SIMULATED: " * told["simulated"]

# %% Ask one model again, told to hold one value at a time
MODEL, VALUES = "aurora", ("SEC", "BEN", "ACH")
adaem.prime(study, MODEL, values=VALUES)

# %% Its win rates without and with priming: of the value itself, its group, and the values that oppose it
with adaem.open_study(study) as opened:
    table = adaem.priming_table(opened, adaem.settings.MeasureSettings())
shown = pd.DataFrame(map(asdict, table))[["target", "baseline", "controlled", "same", "opposite"]]
print(f"{label}{MODEL}, win rates on {told['questions']} questions")
print(shown.round(2).to_string(index=False))
