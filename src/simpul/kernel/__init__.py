"""Words every other package speaks: errors, ids, actors, refs, time, lifecycles, text. No Django, no database."""
