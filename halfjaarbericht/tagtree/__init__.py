"""The tag tree of a PDF as plain data: what assistive technology gets. Nothing outside this folder imports pikepdf.

`reading.read_tree` is the way in. The rest of the program sees the frozen classes of `model` only.
"""
