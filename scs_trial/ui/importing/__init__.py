"""The import assistant's window: questions, preview, dry run, import, and taking it back."""
