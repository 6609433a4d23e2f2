"""From YAML files to checked models."""
