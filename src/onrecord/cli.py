"""The command line: every command is one function in :mod:`onrecord.commands`, imported when it is called.

Results go to standard output, everything else (progress, warnings, errors) to standard error. Exit codes: 0 success,
1 an error or a fault was found, 2 wrong usage.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings

from cyclopts import App, Parameter

from onrecord.control_pictures import print_safely
from onrecord.errors import OnRecordError
from onrecord.version import __version__

app = App(
    name="onrecord",
    help="Reads official statements into a checkable record: who was asked what, what was answered, and where it says so.",
    version=__version__,
    help_format="markdown",
    default_parameter=Parameter(negative=()),
    suppress_keyboard_interrupt=False,
)

#: Each command and the module of :mod:`onrecord.commands` that defines it.
COMMANDS = {
    "read": "read", "add": "add", "reread": "add", "collect": "collect", "versions": "versions", "edits": "edits",
    "coverage": "coverage", "show": "show", "check": "check", "find": "find", "trace": "trace", "redline": "redline",
    "formulas": "formulas", "annotate": "annotate", "acts": "acts", "mentions": "mentions", "answers": "answers",
    "trends": "trends", "meetings": "meetings", "ledger": "ledger", "judge": "ledger", "propose": "proposals",
    "proposals": "proposals", "cite": "cite", "serve": "serve", "rebuild": "rebuild", "backup": "backup",
    "restore": "backup", "houses": "houses", "demo": "demo", "wayback": "wayback", "warc": "warc", "watch": "watch",
    "compare": "compare", "renderings": "renderings", "word-table": "word_table", "accuracy": "accuracy",
}  # fmt: skip
#: New objects between two passes of the garbage collector: the tables of a language alone are some 200,000, none of them garbage,
#: and with Python's 700 every seventh of a command's first second goes into looking at them.
_BETWEEN_PASSES = 100_000
for _name, _module in COMMANDS.items():
    app.command(f"onrecord.commands.{_module}:{_name.replace('-', '_')}", name=_name)


def main() -> None:
    """Run the command line; errors of the program are printed in one line, with the next step."""
    gc.set_threshold(_BETWEEN_PASSES, 20, 20)
    warnings.showwarning = lambda message, *_, **__: print_safely(f"onrecord: {message}", sys.stderr)
    if sys.argv[1:2] in ([], ["--help"], ["-h"]):
        for name in COMMANDS:  # import all commands: the overview shows their summaries
            app[name]
    try:
        code = app(sys.argv[1:], result_action="return_value")
    except OnRecordError as error:
        print_safely(f"onrecord: {error.name}: {error}", sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print_safely("onrecord: stopped; everything added so far is saved", sys.stderr)
        code = 130
    except BrokenPipeError:  # the reader of our output closed the pipe, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
