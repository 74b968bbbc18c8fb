r"""What the command line says: words of articles are shown on a terminal, and never obeyed by it.

Escapes that colour, move, retitle or copy, and signs that turn the direction of text, are written out as `\x1b` or
`\u202e`; line ends are ours alone where a sentence is to stay on its line.
"""

import sys

import typer

from pipeline.brief.cells import show_signs


def say_words(words: str, *, error: bool = False, nl: bool = True) -> None:
    """Say words of any origin on standard output, or on standard error."""
    typer.echo(show_signs(words), err=error, nl=nl)


def say_data(data: str) -> None:
    """Give data: exact to a file or a program, with its signs shown where a person watches."""
    # Typer would take escapes out of it.
    sys.stdout.write(show_signs(data) if sys.stdout.isatty() else data)
    sys.stdout.flush()


def one_line(words: str) -> str:
    r"""Give words on one line, so that none of them passes for a line of ours.

    >>> one_line("Blast\n\nNothing was published.")
    'Blast Nothing was published.'
    """
    return " ".join(words.split())
