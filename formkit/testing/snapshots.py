"""A syrupy extension: one indented `.html` a page, under `__snapshots__`, named as the page is."""

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from formkit.testing.indenting import indented


class PageSnapshot(SingleFileSnapshotExtension):
    """`assert page.html == snapshot(name=page.name)`, with `snapshot` using this extension.

    The name of the page is the name of the file, so a page keeps its file while tests are moved and renamed about.
    """

    _write_mode = WriteMode.TEXT
    file_extension = "html"

    def serialize(self, data: object, **_: object) -> str:
        """The page, to be read by people."""
        return indented(str(data))
