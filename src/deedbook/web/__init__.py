"""The HTTP kit that slices use: callers, permissions, the order of a request, problems, paging."""
