"""Accord against its peers: each package here runs as ``python -m benchmarks.<name> [--json] [--quick]``."""
