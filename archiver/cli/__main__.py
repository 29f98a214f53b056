"""``python -m archiver.cli``."""

from archiver.cli import main

if __name__ == "__main__":
    main()
