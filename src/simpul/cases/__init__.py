"""Cases of the people a group assists: who needs what, who helps, what came of it. Nobody sees one who needn't."""
