"""Our own checks of a tag tree: what a validator of PDF/UA or PDF/A does not see. `rules.structure_faults` runs all.

Each rule is a function from the tree to the places where it is broken.
"""
