"""Review: rubrics, panels, conflicts, assignment, reviews, and standings that do not depend on who was lenient.

It knows no programme: what is reviewed is an item that another context puts in and knows how to show. It decides
nothing: a standing is advice to whoever decides.
"""
