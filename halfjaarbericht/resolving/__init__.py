"""Across files: ids, references, numbering, notes, totals."""
