"""The patient workspace: who it is, the verdict, the course, and what happened."""
