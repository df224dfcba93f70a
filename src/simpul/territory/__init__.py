"""Areas of Indonesia: codes, hierarchy, validity, boundaries, holidays, zones."""
