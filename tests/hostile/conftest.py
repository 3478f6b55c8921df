"""The studies that pages are opened on."""

from tests.pages.conftest import begun, cache, components, examined, folder, study, written, written_examined  # noqa: F401
