"""`python -m benchmarks`: everything measured in one run, written to RESULTS.md beside this file."""

from pathlib import Path

from benchmarks import growing, holding, rendering, report, starting, validating

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measures and writes."""
    validation = validating.run(rounds=15)
    pages = rendering.run(rounds=15)
    growth = growing.run(rounds=5)
    held = holding.run(rounds=11)
    start = starting.run(rounds=11)
    RESULTS.write_text(report.chapters(validation, pages, growth, held, start), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
