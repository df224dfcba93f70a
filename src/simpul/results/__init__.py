"""Indicators declared once, evaluated on a day, opened into the records behind them.

No figure is stored here: a value is always a query over the `facts` a context is willing to have counted.
"""
