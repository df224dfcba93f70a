"""Indicators declared once, evaluated on a day, opened into the records behind them."""
