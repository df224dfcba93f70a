"""Organisations, networks and programmes named in public sources: what the sources say and nothing more.

No private person is named. `organisations` holds the facts without a database; `load` writes them through the services.
"""
