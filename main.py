"""Open SCS Trial from a checkout."""

import sys

from scs_trial.app import main

if __name__ == "__main__":
    sys.exit(main())
