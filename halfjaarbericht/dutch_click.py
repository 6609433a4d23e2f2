"""Click, speaking Dutch: headings of the help, and the sentences of usage mistakes."""

from __future__ import annotations

import re
from typing import Any

import click

from halfjaarbericht.problems import did_you_mean


class OwnUsageError(click.UsageError):
    """A mistake on the command line that is told in our own words."""


class DutchCommand(click.Command):
    """A command whose help has Dutch headings."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Dutch."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Toon deze uitleg."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, with the words for options and verbs in Dutch."""
        words = {"[OPTIONS]": "[OPTIES]", "COMMAND": "OPDRACHT", "[ARGS]...": "…"}
        pieces = super().collect_usage_pieces(ctx)
        return [" ".join(words.get(word, word) for word in piece.split(" ")) for piece in pieces]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Dutch heading, and the verbs of a group after them."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("Opties"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class DutchGroup(DutchCommand, click.Group):
    """A group of commands whose help has Dutch headings."""

    command_class = DutchCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with their first sentence."""
        rows = [(name, self.commands[name].get_short_help_str(70)) for name in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were written, which is the order of use."""
        return list(self.commands)


def usage_sentence(error: click.UsageError) -> str:
    """What is wrong with the command line, in Dutch."""
    context = error.ctx
    if isinstance(error, OwnUsageError):
        return error.message
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and context is not None:
        return context.get_help()
    if isinstance(error, click.NoSuchOption):
        options = [o for p in context.command.params for o in p.opts] if context else []
        return _sentence(f"de optie {error.option_name} bestaat niet", did_you_mean(error.option_name, options))
    name = getattr(error, "command_name", None)
    if name is None and isinstance(context and context.command, click.Group) and "'" in error.message:
        name = error.message.split("'")[1]
    if name is not None and context is not None:
        verbs = getattr(context.command, "commands", {})
        return _sentence(f"de opdracht '{name}' bestaat niet", did_you_mean(str(name), verbs))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_parameter(error, error.param)
    if isinstance(error, click.BadOptionUsage):
        return f"de optie {error.option_name} {_value_wanted(error)}"
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    if extra:
        return f"hier kan niets meer achter: {extra[1]}"
    return "de opdracht is niet goed geschreven"


def _value_wanted(error: click.BadOptionUsage) -> str:
    """Click tells a value too few and a value too many apart by its sentence only."""
    return "heeft geen waarde" if "not take a value" in error.message else "heeft een waarde nodig"


def _bad_parameter(error: click.BadParameter, param: click.Parameter) -> str:
    name = param.opts[0] if isinstance(param, click.Option) else str(param.human_readable_name)
    choices: Any = getattr(param.type, "choices", None)
    if choices:
        return f"{name} kan zijn: {', '.join(str(c) for c in choices)}"
    return f"de waarde van {name} klopt niet"


def _sentence(text: str, hint: str) -> str:
    return f"{text}; {hint}" if hint else text
