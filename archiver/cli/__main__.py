"""``python -m archiver.cli``."""

from archiver.cli.root import main

if __name__ == "__main__":
    main()
