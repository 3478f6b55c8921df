"""inspect_ai on as many questions, for comparison: `python -m tests.benchmarks.inspect_alone URL COUNT AT_ONCE`. Imports nothing of ours."""

import json
import os
import sys
import tempfile
import time

from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.solver import generate

url, count, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ |= {"LOOPBACK_API_KEY": "none", "LOOPBACK_BASE_URL": url}
task = Task(dataset=[Sample(input=f"Is it fair? {number}") for number in range(count)], solver=generate())
start, computing = time.perf_counter(), time.process_time()
with tempfile.TemporaryDirectory() as folder:
    model = "openai-api/loopback/aurora"
    logs = eval(task, model=model, max_connections=at_once, max_samples=at_once, log_dir=folder, display="none")
assert logs[0].status == "success", logs[0].error
print(json.dumps({"seconds": time.perf_counter() - start, "cpu": time.process_time() - computing, "calls": count}))
