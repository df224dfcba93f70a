"""Reading the record of acts."""

# The columns the chain covers, in the order of their digest.
CHAINED = (
    "id",
    "at",
    "actor_kind",
    "purpose",
    "user_id",
    "person_id",
    "act",
    "ref_kind",
    "ref_id",
    "details",
)
