"""Safety events: reported from any patient at any time, told, acknowledged, resolved."""
