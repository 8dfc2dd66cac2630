"""Command lines run in this process, in a folder of their own."""

from tests.support.command import command, folder

__all__ = ["command", "folder"]
