from __future__ import annotations

import pytest
from cohortlists import Study

from archiver.cohorts import runs_of, snapshots_of
from archiver.errors import DamagedArchive


def test_a_changed_catalogue_is_believed_in_nothing(study: Study) -> None:
    study.text = study.site.url + "/a\n"
    study.run()
    assert len(list(snapshots_of(study.archive, "study-1"))) == 1
    with study.archive.catalogue.connection.writing() as conn:
        conn.execute("UPDATE cohorts SET told = replace(told, '\"distinct\":1', '\"distinct\":2')")
        conn.execute("UPDATE cohorts SET told = replace(told, '\"recorded\":1', '\"recorded\":2')")
    with pytest.raises(DamagedArchive, match="something else than was recorded"):
        runs_of(study.archive, "study-1")
