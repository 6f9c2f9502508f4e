"""Review assignment against OR-Tools fed all pairs, and against two solvers of openreview-matcher."""
