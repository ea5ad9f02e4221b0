"""The report as a page that stands alone: no script, nothing fetched, bars that print."""

from collections.abc import Iterable, Iterator
from html import escape

from formkit.impact.judging import Effect, Kind
from formkit.impact.report import Report
from formkit.impact.tally import Part
from formkit.issues import Level
from formkit.locales import HTML_LANGUAGE

_COLOURS = {Effect.ASKED: "#a4262c", Effect.KEPT: "#b45f06", Effect.DROPPED: "#5c6b7a"}
_REST = "#dfe3e8"
_WIDTH = 240
_STYLE = """
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1b1b1b;
  max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .25rem; padding-left: .6rem; border-left: .4rem solid #5c6b7a; }
h2.asked { border-color: #a4262c; } h2.kept { border-color: #b45f06; }
p { margin: .25rem 0; } .about, .where { color: #555; } .where { font-size: .875rem; display: block; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #e3e3e3; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead th { font-size: .875rem; color: #555; } tr { break-inside: avoid; } svg { display: block; margin-top: .4rem; }
th.asked { border-bottom-color: #a4262c; } th.kept { border-bottom-color: #b45f06; }
th.dropped { border-bottom-color: #5c6b7a; }
@media print { body { max-width: none; padding: 0; } .wide { overflow: visible; } }
"""


def page(report: Report) -> str:
    """The whole page."""
    title = escape(report.title())
    body = "\n".join(_parts(report))
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANGUAGE[report.language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _parts(report: Report) -> Iterator[str]:
    yield from (f'<p class="about">{escape(line)}</p>' for line in report.about())
    yield from _figures(report)
    yield from (f"<p>{escape(note)}</p>" for note in report.notes())
    for effect, kinds in report.by_effect():
        yield f'<h2 class="{effect}">{escape(report.say(f"effect.{effect}"))}</h2>'
        yield f'<p class="about">{escape(report.say(f"effect.{effect}.about"))}</p>'
        yield _table(report, ("count", "", "issue", "examples"), (_kind_row(report, kind) for kind in kinds))
    for by in report.asked.by:
        yield f"<h2>{escape(report.part_title(by))}</h2>"
        columns = ("value", "", "records", *(str(effect) for effect in Effect))
        yield _table(report, columns, (_part_row(report, *part) for part in report.parts(by)))
    if report.tally.unreadable:
        yield f"<h2>{escape(report.say('unreadable.title', count=report.tally.unreadable))}</h2>\n<ul>"
        yield from (f"<li>{escape(told)}</li>" for told in report.unreadable())
        yield "</ul>"


def _figures(report: Report) -> Iterator[str]:
    """The figures as bars, each a share of all records."""
    everything = report.tally.whole.records
    colours = ("#1f5f99", "#2e7d32", _COLOURS[Effect.ASKED], "#8a6d00", _COLOURS[Effect.KEPT], _COLOURS[Effect.DROPPED])
    yield '<div class="wide"><table>'
    for (label, count), colour in zip(report.figures(), colours, strict=True):
        share = report.share(count).strip()
        yield (
            f'<tr><th scope="row">{escape(label)}</th><td>{_bar(report, label, [(count, colour)], everything)}</td>'
            f'<td class="number">{count:,}</td><td class="number">{share}</td></tr>'
        )
    yield "</table></div>"


def _kind_row(report: Report, kind: Kind) -> Iterable[str]:
    count = report.tally.whole.kinds[kind]
    warning = f" ({report.say('warning')})" if kind.level is Level.WARNING else ""
    name = report.name_of(kind)
    named = " · ".join(filter(None, (kind.code, kind.path, str(kind.place) if kind.place else "")))
    told = f"{escape(name)}{escape(warning)}<br>{escape(report.sentence_of(kind))}"
    examples = "<br>".join(escape(example) for example in report.examples(kind))
    yield f'<td class="number">{count:,}<br>{report.share(count).strip()}</td>'
    yield f"<td>{_bar(report, name, [(count, _COLOURS[kind.effect])], report.tally.whole.records, _WIDTH // 2)}</td>"
    yield f'<td>{told}<span class="where"><code>{escape(named)}</code></span></td>'
    yield f'<td><span class="where">{examples}</span></td>'


def _part_row(report: Report, name: str, part: Part) -> Iterable[str]:
    """A bar for each effect: they overlap, so they are not stacked."""
    counts = [(part.effects[effect], _COLOURS[effect]) for effect in Effect]
    yield f'<th scope="row">{escape(name)}</th><td>{_bar(report, name, counts, part.records)}</td>'
    yield f'<td class="number">{part.records:,}</td>'
    yield "".join(f'<td class="number">{count:,}</td>' for count, _ in counts)


def _bar(report: Report, label: str, counts: list[tuple[int, str]], everything: int, width: int = _WIDTH) -> str:
    """Bars below each other, each as long as its share."""
    told = ", ".join(f"{count:,}" for count, _ in counts)
    title = escape(report.say("chart", label=label, count=told, all=f"{everything:,}"))
    height = 12 if len(counts) == 1 else 6
    bars = "".join(
        f'<rect y="{number * height}" width="{length}" height="{height - 1}" fill="{fill}"/>'
        for number, (count, colour) in enumerate(counts)
        for length, fill in ((str(width), _REST), (_length(count, everything, width), colour))
    )
    size = f'width="{width}" height="{height * len(counts)}" viewBox="0 0 {width} {height * len(counts)}"'
    return f'<svg role="img" {size}><title>{title}</title>{bars}</svg>'


def _length(count: int, everything: int, width: int) -> str:
    """As long as the share, and to be seen where there is any."""
    return f"{max(1.0, count / everything * width):.1f}" if count else "0"


def _table(report: Report, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    numbers = ("count", "records", *(str(effect) for effect in Effect))
    head = "".join(_head(report, each, "number" if each in numbers else "text") for each in columns)
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _head(report: Report, column: str, kind: str) -> str:
    kind = f"{kind} {column}" if column in _COLOURS else kind
    return f'<th scope="col" class="{kind}">{escape(report.say(f"column.{column}"))}</th>' if column else "<td></td>"
