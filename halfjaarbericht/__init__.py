"""Halfjaarbericht: van YAML naar een Kamerbrief met bijlagen, als PDF en HTML."""

__version__ = "0.1.0"
