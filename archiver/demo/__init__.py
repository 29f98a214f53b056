"""A small news site of our own, served on loopback: what `archiver demo` works on, and what tests and the sample archive use."""

from archiver.demo.site import DemoSite

__all__ = ["DemoSite"]
