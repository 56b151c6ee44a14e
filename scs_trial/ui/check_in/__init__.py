"""The check-in: answers about one day, typed with the number keys beside the course."""
