def full_dates(text): return []
