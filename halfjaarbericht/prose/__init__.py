"""The closed language in which authors write."""
