"""Pages of cases: what the public, companions, coordinators, offices and supervisors see of them."""
