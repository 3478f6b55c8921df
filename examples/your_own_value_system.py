"""Your own value system: a theory is a file of dimensions, and a choice everywhere once it is written. SIMULATED: nobody is asked.

python examples/your_own_value_system.py [FOLDER]
"""

# %% Where the files go: the folder given, or one that goes away
import sys
import tempfile
from pathlib import Path

import pandas as pd

import adaem_core as adaem

scratch = tempfile.TemporaryDirectory()
folder = Path(sys.argv[1]) if sys.argv[1:] else Path(scratch.name)

# %% The theory: at least two dimensions, each with id, name and a definition that a model can go by
file = folder / "planet_and_people.yaml"
file.write_text(
    """
name: Planet and people
source: an example
dimensions:
  - id: NAT
    name: Care for nature
    definition: Protecting animals, forests, rivers and climate, also where that is costly.
    opposites: [GRO]
  - id: GRO
    name: Growth
    definition: More jobs, income and economic success for as many as possible.
    opposites: [NAT]
  - id: HER
    name: Heritage
    definition: Keeping customs, language and places as earlier generations left them.
""",
    encoding="utf-8",
)
system = adaem.value_system(file)
print(f"{system.name}: {', '.join(f'{each.id} = {each.name}' for each in system.dimensions)}")

# %% Search for the questions on which models differ in these values
study = folder / "own_values.db"
topics = adaem.read_topics("general").topics[:4]
found = adaem.generate_questions(study, adaem.settings.GenerateSettings(budget=2), value_system=system, topics=topics)
print(f"{'SIMULATED: ' * found['simulated']}{found['questions']} questions")

# %% Examine, and see how often each value was put forward in the answers (NaN is a missing answer, never a 0)
adaem.examine(study)
with adaem.open_study(study) as opened:
    labels = adaem.labels(opened)
answers = pd.DataFrame(labels.expressed.reshape(-1, len(labels.dimensions)), columns=labels.dimensions)
for id in answers:
    print(f"{'SIMULATED: ' * found['simulated']}{id} in {answers[id].mean():.0%} of {answers[id].count()} answers")
