"""`python -m adaem_core …`"""

import sys

from adaem_core.work.cli import main

if __name__ == "__main__":
    sys.exit(main())
