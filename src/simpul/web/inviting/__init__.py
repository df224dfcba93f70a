"""Who is asked to come and what they are asked: invitations, letters, seats kept for groups, an organiser's own
questions, and the papers that go with them.
"""
