"""Django with each peer, used as its documentation says. It runs in an environment of its own, var/bench."""
