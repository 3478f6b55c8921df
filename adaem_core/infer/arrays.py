"""Arrays by what they hold. Their shapes stand in the docstrings of the functions that take and return them."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
Flags = NDArray[np.bool_]
