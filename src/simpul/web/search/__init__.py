"""The public search: one field for everything that anybody may read."""
