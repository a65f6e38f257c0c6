"""Who read the log, and with which filters: kept beside the log, so that reading feeds nothing."""
