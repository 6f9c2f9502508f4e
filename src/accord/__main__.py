"""`python -m accord` starts the command line."""

from accord.config.cli import main

main()
