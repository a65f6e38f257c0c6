"""The benchmark: `make bench`. How it measures stands in bench/README.md."""
