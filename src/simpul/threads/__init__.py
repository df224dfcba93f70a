"""Links between records of any context, and the chains they make."""
