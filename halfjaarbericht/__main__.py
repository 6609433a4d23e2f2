"""`python -m halfjaarbericht`."""

import sys

from halfjaarbericht.cli import main

sys.exit(main())
