"""A made-up clinic: synthetic patients in every state, entered through the services alone."""
