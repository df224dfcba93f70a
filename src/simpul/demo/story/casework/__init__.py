"""What the village group was told, and what it did: cases, complaints and referrals, all of them invented."""
