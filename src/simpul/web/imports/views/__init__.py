"""The pages of an import, in the order in which they are seen."""
