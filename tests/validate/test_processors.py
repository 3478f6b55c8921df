"""Same numbers on every processor: BLAS kernels round differently, and what is equal in the data stays equal."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import orjson
import pytest

from adaem_core.measure.groups import groups
from adaem_core.measure.standings import stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

ROOT = Path(__file__).resolve().parents[2]
KERNELS = {"x86_64": ("Prescott", "Haswell"), "aarch64": ("ARMV8", "CORTEXA57")}  # of OpenBLAS; every processor of the kind runs them
RECOVERY = """
import orjson
from threadpoolctl import threadpool_info
from adaem_core.validate import calibration
calibration.LONG = 31
records = calibration.calibrate([calibration.Condition(questions=30)], repeats=3)
kernels = sorted({each["architecture"] for each in threadpool_info() if each["internal_api"] == "openblas"})
print(orjson.dumps([kernels, [each.spearman for record in records for each in record.found]]).decode())
"""


def recovered(kernel: str) -> tuple[list[str], list[float]]:
    """Return which kernels were at work in a process of its own, and the rank correlations found there."""
    command = [sys.executable, "-c", RECOVERY]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"OPENBLAS_CORETYPE": kernel}, capture_output=True, check=True)
    kernels, found = orjson.loads(done.stdout)
    return kernels, found


@pytest.mark.skipif(platform.machine() not in KERNELS, reason="no two kernels are known for this kind of processor")
def test_two_kernels_give_the_same_orders() -> None:
    (one, found), (other, again) = map(recovered, KERNELS[platform.machine()])
    if one == other or not one:
        pytest.skip(f"this numpy does not change its kernels: {one}, {other}")
    assert found == again


def test_examinees_that_answer_alike_are_never_told_apart() -> None:
    """Three have the same answers in another order of the others' columns: rounding must not part them, nor rank one before another."""
    rng = np.random.default_rng(3)
    expressed = (rng.random((200, 8, 4)) < rng.random((200, 1, 4))).astype(np.float64)
    expressed[:, (2, 5, 7)] = expressed[:, (0,)]
    labels = ValueLabels(expressed, tuple(map(str, range(200))), tuple("abcdefgh"), tuple("wxyz"))
    for method in ("rasch", "trueskill"):
        found = groups(stand(labels, MeasureSettings(method=method)))
        same = np.ix_((0, 2, 5, 7), (0, 2, 5, 7))
        assert not found.separable[same].any()
        assert (found.p[same] == 1).all()
