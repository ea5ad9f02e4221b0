"""`python -m benchmarks`: everything measured in one run, written to RESULTS.md beside this file."""

from pathlib import Path

from benchmarks import report, validating

RESULTS = Path(__file__).with_name("RESULTS.md")
ROUNDS = 15


def main() -> None:
    """Measures and writes."""
    chapters = [report.head(ROUNDS), report.validation(*validating.run(ROUNDS))]
    RESULTS.write_text("\n".join(chapters), encoding="utf-8")
    print(f"{RESULTS.name}: written")


if __name__ == "__main__":
    main()
