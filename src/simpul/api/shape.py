"""What every body of a request or an answer is built from."""

from pydantic import BaseModel


class Shape(BaseModel):
    """Not ninja's Schema, which reads every nested object anew and so forgets which fields were never set."""
