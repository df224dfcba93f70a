"""The public form: four short steps without an account, a receipt, and what it opens."""
