"""The protocol: an editor's requests about open files → what is known of them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from formkit.compiler import Compiler
from formkit.compiler.reading import kind_of
from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.expressions import RuleFunction
from formkit.lint import lint
from formkit.locales import diagnostic_hint, diagnostic_sentence
from formkit.lsp.cursor import cursor_at
from formkit.lsp.meaning import Key, Meaning, Proposal
from formkit.lsp.outline import Declared, Outline, read_outlines
from formkit.lsp.told import hover_text, short_text
from formkit.texts import DEFAULT_LANGUAGE, LANGUAGES

_PAUSE = 0.15
"""Seconds without a change after which a file is checked again."""

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


@dataclass
class OpenFiles:
    """What is known of the files an editor has open; of one that cannot be read, what was known before."""

    language: str = DEFAULT_LANGUAGE
    outlines: dict[str, tuple[Outline, ...]] = field(default_factory=dict)
    versions: dict[str, int | None] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    waiting: dict[str, asyncio.TimerHandle] = field(default_factory=dict)

    def outline(self, document: TextDocument, line: int) -> Outline | None:
        """The outline of the YAML document a line stands in."""
        known = self.outlines.get(document.uri, ())
        if self.versions.get(document.uri, -1) != document.version or not known:
            found = read_outlines(document.source, _file(document.uri))
            # In the middle of a change the file may not be YAML, or lack what comes after.
            if len(found) >= len(known) and any(outline.says_anything for outline in found):
                self.outlines[document.uri] = known = found
            self.versions[document.uri] = document.version
        return next((each for each in reversed(known) if each.place.line <= line + 1), known[0] if known else None)


def language_server(language: str = DEFAULT_LANGUAGE) -> LanguageServer:
    """A server that speaks the editor's language, or `language` where it does not say which."""
    server = LanguageServer("formkit", "1", text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
    _Features(server, OpenFiles(language)).register()
    return server


class _Features:
    """What the server can do."""

    def __init__(self, server: LanguageServer, files: OpenFiles) -> None:
        self.server, self.files = server, files

    def register(self) -> None:
        typed_after = types.CompletionOptions(trigger_characters=["'", '"', ".", "{", " "])
        self._feature(types.INITIALIZE, self.initialize)
        self._feature(types.TEXT_DOCUMENT_DID_OPEN, self.opened)
        self._feature(types.TEXT_DOCUMENT_DID_CHANGE, self.changed)
        self._feature(types.TEXT_DOCUMENT_DID_SAVE, self.saved)
        self._feature(types.TEXT_DOCUMENT_DID_CLOSE, self.closed)
        self._feature(types.TEXT_DOCUMENT_HOVER, self.hover)
        self._feature(types.TEXT_DOCUMENT_COMPLETION, self.complete, typed_after)
        self._feature(types.TEXT_DOCUMENT_DEFINITION, self.define)

    def _feature(self, name: str, handle: Callable[[Any], object], options: object = None) -> None:
        def handler(params: Any) -> object:  # pygls marks what it is given, and a method cannot be marked
            return handle(params)

        self.server.feature(name, options)(handler)

    def initialize(self, params: types.InitializeParams) -> None:
        """The editor's language is ours, if we speak it."""
        named = (params.locale or "").lower()
        self.files.language = next((each for each in LANGUAGES if named.startswith(each)), self.files.language)

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """A file is open: it is checked."""
        self.check(params.text_document.uri)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A file is being changed: it is checked once its author pauses."""
        uri = params.text_document.uri
        self._forget(uri)
        self.files.waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, self.check, uri)

    def saved(self, params: types.DidSaveTextDocumentParams) -> None:  # noqa: ARG002 - any file may be used by others
        """A file is saved: every open one may use it."""
        for uri in list(self.server.workspace.text_documents):
            self.files.versions.pop(uri, None)
            self.check(uri)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """A file is closed: nothing is said of it any more."""
        uri = params.text_document.uri
        self._forget(uri)
        self._publish(uri, ())
        self.files.outlines.pop(uri, None)
        self.files.versions.pop(uri, None)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What the word one points at is."""
        found = self._meaning(params.text_document.uri, params.position)
        thing = found[1].thing() if found else None
        if found is None or thing is None:
            return None
        text = hover_text(thing, found[0], self.files.language)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))

    def complete(self, params: types.CompletionParams) -> types.CompletionList:
        """What could be written where one is."""
        found = self._meaning(params.text_document.uri, params.position)
        proposals = found[1].proposals() if found else iter(())
        unique = {proposal.text: proposal for proposal in proposals}
        items = [self._item(proposal, order) for order, proposal in enumerate(unique.values())]
        return types.CompletionList(is_incomplete=False, items=items)

    def define(self, params: types.DefinitionParams) -> types.Location | None:
        """Where the name one points at is declared."""
        found = self._meaning(params.text_document.uri, params.position)
        thing = found[1].thing() if found else None
        if not isinstance(thing, Declared):
            return None
        return types.Location(self._uri(thing.place.file), self._range(thing.place))

    def check(self, uri: str) -> None:
        """Says everything there is to say of a file and of those it uses."""
        self.files.waiting.pop(uri, None)
        document = self.server.workspace.get_text_document(uri)
        self.files.outline(document, 0)
        compiled = Compiler().compile_text(document.source, _file(uri))
        source = compiled.sources[_file(uri)]
        known = any(kind_of(each) is not None for each in source.documents)
        # Other YAML is none of ours; what cannot be read at all may be.
        ours = known or (bool(source.diagnostics) and bool(self.files.outlines.get(uri)))
        self._publish(uri, (*compiled.diagnostics, *lint(compiled)) if ours else ())

    def _publish(self, uri: str, diagnostics: Iterable[Diagnostic]) -> None:
        by_uri: dict[str, list[types.Diagnostic]] = {uri: []}
        for diagnostic in diagnostics:
            by_uri.setdefault(self._uri(diagnostic.place.file, uri), []).append(self._diagnostic(diagnostic))
        for gone in self.files.told.get(uri, set()) - by_uri.keys():
            by_uri[gone] = []
        self.files.told[uri] = {each for each, found in by_uri.items() if found}
        for each, found in by_uri.items():
            self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(each, found))

    def _diagnostic(self, diagnostic: Diagnostic) -> types.Diagnostic:
        language = self.files.language
        told = [diagnostic_sentence(diagnostic, language), diagnostic_hint(diagnostic, language)]
        return types.Diagnostic(
            self._range(diagnostic.place),
            "\n".join(text for text in told if text),
            severity=_SEVERITY[diagnostic.severity],
            code=diagnostic.code.removesuffix(".near"),
            source="formkit",
        )

    def _meaning(self, uri: str, position: types.Position) -> tuple[Outline, Meaning] | None:
        document = self.server.workspace.get_text_document(uri)
        outline = self.files.outline(document, position.line)
        if outline is None:
            return None
        lines = document.lines
        column = position.character
        if position.line < len(lines):
            column = document.position_codec.position_from_client_units(lines, position).character
        return outline, Meaning(outline, cursor_at(lines, position.line, column))

    def _item(self, proposal: Proposal, order: int) -> types.CompletionItem:
        thing = proposal.thing
        kinds = {Key: types.CompletionItemKind.Property, RuleFunction: types.CompletionItemKind.Function}
        kind = kinds.get(type(thing), types.CompletionItemKind.Field)
        if isinstance(thing, Declared) and thing.kind == "choice":
            kind = types.CompletionItemKind.EnumMember
        return types.CompletionItem(
            proposal.text,
            kind=kind if thing is not None else types.CompletionItemKind.Keyword,
            detail=short_text(thing, self.files.language),
            sort_text=f"{order:05}",
            insert_text=f"{proposal.text}: " if isinstance(thing, Key) else None,
        )

    def _range(self, place: Place) -> types.Range:
        """A place in the units of the editor, which counts from 0."""
        document = self.server.workspace.get_text_document(self._uri(place.file))
        start = types.Position(place.line - 1, place.column - 1)
        whole = types.Range(start, types.Position(place.end_line - 1, place.end_column - 1))
        try:
            return document.position_codec.range_to_client_units(document.lines, whole)
        except OSError:  # the file is gone since it was read
            return whole

    def _uri(self, file: str, otherwise: str = "") -> str:
        """The address of a file; an open one keeps the address the editor gave it."""
        for uri in self.server.workspace.text_documents:
            if _file(uri) == file:
                return str(uri)
        return from_fs_path(str(Path(file).absolute())) or otherwise

    def _forget(self, uri: str) -> None:
        waiting = self.files.waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()


def _file(uri: str) -> str:
    return to_fs_path(uri) or uri
