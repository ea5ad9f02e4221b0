"""`python -m formkit.cli`: the command line where no script is installed."""

from formkit.cli import main

raise SystemExit(main())
