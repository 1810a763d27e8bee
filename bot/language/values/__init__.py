"""Dates, times, durations, money, percentages, quantities and ordinals as comparable values."""
