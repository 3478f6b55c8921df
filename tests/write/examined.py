"""An examination made by hand."""

from adaem_core.archive.examinations import Examination
from adaem_core.panels import panel
from adaem_core.settings import ElicitSettings

EXAMINATION = Examination("E1", "Pilot", "b", "2026-01-01", ("a", "b", "c"), (), panel("simulated"), ElicitSettings(), "reader", "1")
