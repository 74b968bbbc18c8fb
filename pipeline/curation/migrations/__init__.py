"""The steps that bring a team's database to this version; `database.bring_up` takes those it lacks, in order."""
