"""A syrupy extension: one indented `.html` a page, under `__snapshots__`, named as the page is."""

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

    def serialize(self, data: object, **_: object) -> str:
        """The page, to be read by people."""
        return indented(str(data))
