"""`python -m examples.portal --port 8000 --data data` serves the portal; other verbs look after it."""

import sys

from examples.portal.operation.commands import main

if __name__ == "__main__":
    sys.exit(main())
