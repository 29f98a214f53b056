from __future__ import annotations

import signal

import pytest

from archiver.cli.stopping import until_stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_first_wish_is_an_event_and_a_second_ctrl_c_ends_at_once(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with until_stopped() as stopping:
        assert not stopping.event.is_set()
        signal.raise_signal(number)
        assert stopping.event.is_set()
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(number) is before
