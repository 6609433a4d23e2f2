"""The proof (proefdruk): after a small change only the pages that it touches are laid out, and put into the last PDF.

`scan` reads HTML as a tree of stretches of text, `match` says what is other than before, `pagemap` remembers where the
pages of a whole layout began, `window` keeps of the new document what the touched pages need, `pages` lays those out,
`splice` puts them into the PDF, and `proof` is the way in. For a person who waits; what is built or sent is always laid
out as a whole.
"""
