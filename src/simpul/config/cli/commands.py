"""How a command is described: one line for the list, an explanation, an example to copy."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object


def command(commands: Commands, name: str, summary: str, what: str, example: str) -> argparse.ArgumentParser:
    """A sub-command whose `--help` says what it does and shows how it is typed."""
    return commands.add_parser(
        name,
        help=summary,
        description=what.strip(),
        epilog="examples:\n" + "\n".join(f"  {line.strip()}" for line in example.strip().splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
