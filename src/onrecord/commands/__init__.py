"""What each command prints, apart from the command line itself so that starting stays quick."""
