"""What is published of confidential cases: looked at, taken away, cited; and how it gets published."""
