"""The figures of the paper's Table 10: win rates of one model, unprimed and primed for each of ten values (facts, Appendix C.11)."""

import numpy as np

# value: baseline, controlled, mean of the same group, mean of the opposite group
TABLE_10 = {
    "ACH": (88.26, 99.99, 91.85, 26.14),
    "BEN": (73.14, 98.55, 90.91, 56.14),
    "CON": (68.74, 99.99, 86.44, 26.14),
    "HED": (76.76, 99.19, 71.51, 35.21),
    "POW": (76.15, 99.97, 85.53, 17.65),
    "SEC": (40.96, 93.47, 83.12, 36.49),
    "SEL": (88.13, 99.99, 99.05, 44.33),
    "STI": (99.64, 100.0, 98.90, 53.13),
    "TRA": (98.38, 95.10, 70.95, 42.87),
    "UNI": (54.42, 99.95, 84.95, 59.30),
}


def primed_like_table_10(ids: tuple[str, ...], opposites: dict[str, tuple[str, ...]], groups: dict[str, tuple[str, ...]]) -> np.ndarray:
    """Return a (targets, dimensions) matrix whose group means are the printed ones; single cells are made up (equal within a group)."""
    primed = np.full((len(ids), len(ids)), np.nan)
    for row, target in enumerate(ids):
        _, controlled, same, opposite = TABLE_10[target]
        mates = [value for value in groups[target] if value != target]
        shared = (same * (len(mates) + 1) - controlled) / len(mates)
        for column, value in enumerate(ids):
            primed[row, column] = (
                controlled if value == target else shared if value in mates else opposite if value in opposites[target] else 50
            )
    return primed
