"""Training of the rankers that decide who is meant (`kg.stages.entities.reference`)."""
