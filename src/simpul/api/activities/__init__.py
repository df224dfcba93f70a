"""Events for programs: the calendar, planning, registering, noting who came."""
