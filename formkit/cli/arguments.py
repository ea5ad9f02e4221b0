"""The command's words → options; only the module of the verb that is asked for is imported."""

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NoReturn

from formkit.locales import sentence
from formkit.texts import DEFAULT_LANGUAGE, LANGUAGES

VERBS = (
    "check",
    "test",
    "validate",
    "render",
    "why",
    "diff",
    "impact",
    "preview",
    "publish",
    "editions",
    "rollback",
    "new",
    "lsp",
)
FORMATS: Mapping[str, tuple[str, ...]] = {
    "diff": ("text", "json", "markdown", "html"),
    "impact": ("text", "json", "html"),
}
"""What a verb can write, where that is more than text and JSON."""

# What argparse says, in English whatever the language, and our sentence for it.
_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (?P<names>.+)"), "usage.missing"),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), "usage.unknown"),
    (
        re.compile(r"argument (?P<name>\S+): invalid choice: (?P<value>.+?) \(choose from (?P<known>.+)\)"),
        "usage.choice",
    ),
    (re.compile(r"argument (?P<name>\S+): expected (?:one|at least one) argument"), "usage.no_value"),
)


class CommandEnded(Exception):  # noqa: N818 - not a failure: help was given, or the usage told
    """The command line said all there is to say."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read_arguments(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> argparse.Namespace:
    """The options of a command; raises `CommandEnded` after help, or after telling what is wrong with the command."""
    language = _language_asked(argv) or language_of(environ)
    parser = _parser(argv, language)
    try:
        options = parser.parse_args(argv)
    except SystemExit as end:
        raise CommandEnded(int(end.code or 0)) from None
    if options.verb is None:
        parser.print_help(sys.stderr)
        raise CommandEnded(2)
    return options


def language_of(environ: Mapping[str, str]) -> str:
    """The language of a system's locale, where formkit speaks it; else Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        named = environ.get(name, "")
        if named:
            return next(
                (language for language in LANGUAGES if re.match(rf"{language}\b|{language}_", named)), DEFAULT_LANGUAGE
            )
    return DEFAULT_LANGUAGE


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks the reader's language."""

    language = DEFAULT_LANGUAGE

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"formkit: {_in_language(message, self.language)}\n")

    def format_usage(self) -> str:
        return _translated(super().format_usage(), self.language)

    def format_help(self) -> str:
        return _translated(super().format_help().rstrip(), self.language) + "\n"


class _EnglishParser(_Parser):
    language = "en"


# argparse makes the parsers of the verbs by the class of the one they belong to, so the language is the class's.
_IN_LANGUAGE: Mapping[str, type[_Parser]] = {"zh": _Parser, "en": _EnglishParser}


def _parser(argv: Sequence[str], language: str) -> _Parser:
    def words(code: str) -> str:
        return sentence("cli", code, {}, language)

    speaking = _IN_LANGUAGE[language]
    parser = speaking(
        prog="formkit", description=words("about"), epilog=words("exit_codes"), parents=[_common(speaking)]
    )
    parser.add_argument("--version", action="version", version=_version(), help=words("option.version"))
    parser.set_defaults(lang=language, format="text")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title=words("verbs"))
    for verb in VERBS:
        about = words(f"{verb}.about")
        each = verbs.add_parser(verb, help=about, description=about, parents=[_common(speaking, verb)])
        if verb in argv:
            import_module(f"formkit.cli.{verb}").add_arguments(each, words)
    return parser


def _common(speaking: type[_Parser], verb: str = "") -> _Parser:
    """What every verb takes, before its name or after it."""
    common, language = speaking(add_help=False, argument_default=argparse.SUPPRESS), speaking.language
    common.add_argument("--lang", choices=LANGUAGES, help=sentence("cli", "option.lang", {}, language))
    formats = FORMATS.get(verb, ("text", "json"))
    about = sentence("cli", f"{verb}.formats" if verb in FORMATS else "option.format", {}, language)
    common.add_argument("--format", choices=formats, help=about)
    return common


def _language_asked(argv: Sequence[str]) -> str | None:
    """The language of `--lang` before anything else is read, so that help and complaints are in it too."""
    for position, word in enumerate(argv):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and position + 1 < len(argv):
            value = argv[position + 1]
        if value in LANGUAGES:
            return value
    return None


def _in_language(message: str, language: str) -> str:
    for pattern, code in _COMPLAINTS:
        found = pattern.fullmatch(message)
        if found:
            return sentence("cli", code, found.groupdict(), language)
    return message


def _translated(text: str, language: str) -> str:
    """argparse's own headings in the reader's language."""
    for english, code in (
        ("usage: ", "heading.usage"),
        ("positional arguments:", "heading.arguments"),
        ("options:", "heading.options"),
        ("show this help message and exit", "option.help"),
        ("show program's version number and exit", "option.version"),
    ):
        text = text.replace(english, sentence("cli", code, {}, language))
    return text


def _version() -> str:
    from importlib.metadata import version

    return f"formkit {version('formkit')}"
