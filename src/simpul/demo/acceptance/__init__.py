"""The generated programme: as large as the one the source documents speak of, every organisation invented.

`plan` says what there is, without a database; `load` writes it through the services.
"""
