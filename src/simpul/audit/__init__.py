"""Append-only record of acts: ids only, sealed in chained batches."""
