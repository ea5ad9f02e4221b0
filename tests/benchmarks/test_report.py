"""The page of results is written from any figures, and says plainly which targets are missed."""

from benchmarks import growing, holding, rendering, report, validating
from benchmarks.growing import Growth
from benchmarks.holding import Holding
from benchmarks.rounds import Contestant, Measured
from benchmarks.starting import Start, Waited
from benchmarks.validating import Validation, Verdicts


def _measured(name: str, seconds: float) -> Measured:
    return Measured(Contestant(name, str, [1, 2], 2), [seconds, seconds, seconds])


def _page(own: float) -> str:
    """A page where formkit takes `own` and every peer 1, at everything."""
    valid = Validation(
        [_measured("formkit", own), _measured(validating.REFERENCE, 1)],
        [Verdicts(2, 2, 2)] * 2,
        {kind: [_measured(kind, own), _measured(kind, 1)] for kind in validating.KINDS},
        same=2,
        good=2,
    )
    pages = [(_measured("formkit", own), 20.0), (_measured(rendering.REFERENCE, 1), 20.0)]
    phases = (*growing.PHASES, growing.EVEN, growing.PEER)
    grown = Growth(
        {(size, phase): 1 if size == growing.SIZES[0] else own for size in growing.SIZES for phase in phases},
        {growing.A_PAGE: 1, growing.SIZES[-1]: own},
    )
    held = Holding([_measured("formkit", own), _measured(holding.REFERENCE, 1)], 100, own, 50, 10)
    waited = Waited(own / 10, own / 10)
    return report.chapters(valid, pages, grown, held, Start(waited, waited, waited))


def test_every_target_missed_is_told() -> None:
    assert _page(own=11).count("| **no** |") == 5
    assert "0.09×" in _page(own=11)


def test_every_target_reached_is_told() -> None:
    page = _page(own=1)
    assert (page.count("| yes |"), page.count("| **no** |")) == (5, 0)


def test_nothing_is_left_unfilled() -> None:
    assert "{" not in _page(own=2)
