"""Taking in what was not captured here: WARC, ARC and WACZ files of anybody, and files that a person has."""

from archiver.intake.files import import_file
from archiver.intake.importing import Progress
from archiver.intake.report import Imported, Place, Problem
from archiver.intake.returned import Erased
from archiver.intake.supplied import Given, add_content, add_file

__all__ = ["Erased", "Given", "Imported", "Place", "Problem", "Progress", "add_content", "add_file", "import_file"]
