"""The page on screen: preview, export, print."""
