"""What people decide: their corrections, and the ids that outlive every build."""
