"""The benchmarks' contestants do the work they are measured at."""
