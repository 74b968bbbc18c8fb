"""What kind of incident the words tell of: type, weapon, target, status."""
