"""Charts as SVG: pure functions from a resolved chart to text, the same bytes on every machine."""
