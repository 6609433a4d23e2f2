"""The public value lists that metadata choose from: data in tooi.json, with the date and name of each source."""
