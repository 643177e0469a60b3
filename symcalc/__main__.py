"""python -m symcalc."""

from symcalc.cli import main

if __name__ == "__main__":
    main()
