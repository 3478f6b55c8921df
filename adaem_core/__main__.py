"""`python -m adaem_core …`"""

import sys

from adaem_core.work.cli import main

sys.exit(main())
