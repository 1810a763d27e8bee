"""The command line: thin wrappers over functions that return data."""
