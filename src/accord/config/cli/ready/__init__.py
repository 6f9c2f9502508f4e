"""The halves of commands that need Django; imported once `_opening` has set it up."""
