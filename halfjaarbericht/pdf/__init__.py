"""From print HTML to PDF. `engine` is the way in; nothing outside this folder imports weasyprint.

Importing this package or `engine` does not import weasyprint either: only rendering does, in a worker
process.
"""
