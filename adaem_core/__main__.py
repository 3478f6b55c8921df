"""`python -m adaem_core …`"""

import sys

from adaem_core.cli import main

sys.exit(main())
