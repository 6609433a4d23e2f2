"""Data files, named numbers and tables of numbers: values with the place they came from."""
