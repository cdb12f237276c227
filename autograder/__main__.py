"""Start the command line: `python -m autograder`."""

import sys

from autograder.cli import main

if __name__ == "__main__":  # a worker imports this module too
    sys.exit(main())
