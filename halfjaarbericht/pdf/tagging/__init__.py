"""The tag tree of a PDF, built from the elements of the document itself (ISO 32000-1, 14.7 and 14.8).

In the order of work: `plan` walks the laid-out pages and makes the tree of `structure`; `stream` draws the pages and
marks each piece of content as the plan says; `writer` puts the tree into the file. `dom` knows the HTML, `boxes` the
engine's box tree; both are only read.
"""
