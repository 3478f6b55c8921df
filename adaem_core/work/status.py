"""The command `status`: how a study stands, its job and what it has found.

Data flow: `study file → job, summary`.
"""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from adaem_core.archive.study import Study
from adaem_core.generate.run import summary
from adaem_core.work import jobs
from adaem_core.work.command import Command, add_study


def status(options: Namespace) -> dict[str, Any]:
    """Return how a study stands: its job and its summary."""
    with Study.read(options.study) as study:
        return {**asdict(jobs.watch(options.study)), **summary(study)}


STATUS = Command("status", "say how a study stands", status, add_study)
