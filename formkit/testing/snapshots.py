"""A syrupy extension: one indented `.html` a page, under `__snapshots__`, named as the page is."""

import warnings
from typing import Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from formkit.testing.indenting import indented


class PageSnapshot(SingleFileSnapshotExtension):
    """`assert page.html == snapshot(name=page.name)`, with `snapshot` using this extension.

    The name of the page is the name of the file, so a page keeps its file while tests are moved and renamed about.
    """

    _write_mode = WriteMode.TEXT
    file_extension = "html"

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: int | str = 0) -> str:
        """The name of the page where one is given; else of the test, as syrupy has it."""
        if isinstance(index, str):
            return cls._sanitize_filename(index)
        return super().get_snapshot_name(test_location=test_location, index=index)

    @classmethod
    def write_snapshot(cls, **written: Any) -> None:
        """Writes as syrupy does, without its warning that the name does not tell the test: it tells the page."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\s*Can not relate snapshot")
            super().write_snapshot(**written)

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        """All pages of a test file stand in one folder."""
        return test_location.matches_snapshot_site(snapshot_location)

    def serialize(self, data: object, **_: object) -> str:
        """The page, to be read by people."""
        return indented(str(data))
