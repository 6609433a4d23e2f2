"""Dutch as the field writes it: numbers, dates, names, citations. Pure functions."""
