"""Speed and size as ratios against named floors, measured in one run; never a failing test."""
