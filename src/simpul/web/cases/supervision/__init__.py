"""How groups get on, for who accompanies them: figures, never a case."""
