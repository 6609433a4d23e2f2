"""The content model: what a policy officer may write in YAML.

Field names are the YAML keys and therefore Dutch; every model is frozen and refuses unknown keys.
Each module holds the models of one kind of file.
"""
