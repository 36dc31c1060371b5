"""`python -m kg.cli` is `kg`."""

from . import main

main()
