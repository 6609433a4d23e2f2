"""Checks of what was built: validators of others, and our own of what those do not see. `run` is the way in."""
