"""Everything that can go wrong, named for what the reader of the message should do next.

::

    OnRecordError
    ├── SourceError             the bytes could not be had
    │   ├── NotFound            no such file, folder, pattern or page
    │   ├── NotPermitted        the file or folder may not be read
    │   ├── FetchFailed         the server did not give the page
    │   └── TooLarge            larger than a statement can be
    ├── ReadingError            the bytes are here but say no statement
    │   ├── Empty               nothing in it
    │   ├── NotText             an image, an archive, a program
    │   ├── Undecodable         no encoding fits
    │   ├── Damaged             a PDF, Word file or front matter that its own format cannot open
    │   ├── UnknownHouse        no house style recognises the page
    │   ├── NotAStatement       a listing, an error page, a bot wall
    │   ├── NoTurns             the house style expects speech and none was found
    │   └── LimitReached        reading takes more memory or time than it may
    ├── RecordError             the record contradicts itself
    │   ├── NoBytes             a span was asked for its source without the capture at hand
    │   ├── DamagedCapture      a kept capture is missing, or no longer what its name says
    │   ├── DamagedRecord       the record of a desk says what was not written
    │   ├── DamagedDocument     a document of the desk is no longer as it was written
    │   └── DamagedBackup       a backup is not what was backed up
    ├── QueryError              a query that cannot be understood
    ├── LexiconError            a table of names or phrases is wrong, in a row that is named
    ├── ExtraMissing            an optional library is not installed
    │   ├── ChartsMissing       the drawing libraries
    │   ├── ScriptsMissing      the tables of simplified and traditional characters
    │   └── SpacyMissing        spaCy, for a second reader that is a pipeline of it
    ├── ProposerError           the second reader cannot do its work
    │   ├── UnknownProposer     no second reader is named so
    │   ├── UnusablePipeline    a spaCy pipeline is not installed, or parses no sentences
    │   ├── EndpointUnreachable no answer from the endpoint, or it is busy
    │   ├── EndpointRefused     the endpoint does not take what it is asked
    │   └── EndpointUnclear     the endpoint's answer is not what was asked for
    ├── AddressTaken            nothing can be served at that address
    └── DeskError               the desk cannot do it
        ├── DeskBusy            another process is writing
        │   └── SnapshotOutdated  the record has changed since the state that was asked
        ├── DeskTooNew          written by a newer version
        ├── DeskFull            no room left on the device
        ├── DeskReadOnly        the desk may not be written to
        ├── IndexDamaged        a file of the index could not be read
        ├── IndexUnavailable    no index fits the record, and none can be built here
        ├── NotADesk            the folder is something else
        ├── UnknownDocument     no document of that id
        ├── AmbiguousId         several documents whose ids begin so
        └── UnknownProposal     no proposal of that id

Every error carries ``where`` (the file, address or id it is about) and ``hint`` (the next step), and prints both.
Printed, control characters that a page or a server put into it are shown as pictures.
"""

from __future__ import annotations

from onrecord.control_pictures import encodable, show_controls


class OnRecordError(Exception):
    """The root: catch this to catch all of them.

    ``where`` names the file, address or id; ``hint`` says what to do next.
    """

    hint = ""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = encodable(what)
        self.where = encodable(where)
        self.hint = hint or type(self).hint

    @property
    def name(self) -> str:
        """The error's own name, as counted in summaries."""
        return type(self).__name__

    def __str__(self) -> str:
        told = f"{self.where}: {self.what}" if self.where else self.what
        return show_controls(f"{told}. {self.hint}" if self.hint else told)


class SourceError(OnRecordError):
    """The bytes could not be had."""


class NotFound(SourceError):
    """No such file, folder, pattern or page."""

    hint = "Check the spelling; a pattern needs quotes so that the shell leaves it alone"


class NotPermitted(SourceError):
    """The file or folder may not be read."""

    hint = "Change its permissions, or run as somebody who may read it"


class FetchFailed(SourceError):
    """The server did not give the page."""

    hint = "Open the address in a browser, save the page, and read the file"


class TooLarge(SourceError):
    """Larger than a statement can be."""

    hint = "Split it into single documents first"


class ReadingError(OnRecordError):
    """The bytes are here but say no statement."""


class Empty(ReadingError):
    """Nothing in it."""

    hint = "Fetch the page again: a download that broke off leaves an empty file"


class NotText(ReadingError):
    """An image, an archive, a program."""

    hint = "Read HTML, Markdown, plain text, PDF or .docx"


class Undecodable(ReadingError):
    """No encoding fits the bytes."""

    hint = "Name the encoding with --encoding"


class Damaged(ReadingError):
    """A PDF, Word file or front matter that its own format cannot open."""

    hint = "Fetch it again, or save it anew from the program that made it"


class UnknownHouse(ReadingError):
    """No house style recognises the page."""

    hint = "Name the house with --house; `onrecord houses` lists them"


class NotAStatement(ReadingError):
    """A listing, an error page served as if it were one, a bot wall."""

    hint = "Fetch the page of a single statement"


class NoTurns(ReadingError):
    """The house style expects speech and none was found."""

    hint = "The page may be of an era the house does not know: compare it with `onrecord houses`"


class LimitReached(ReadingError):
    """Reading takes more memory or time than it may."""

    hint = "Split the file, or raise the limit: ONRECORD_READ_MEMORY (megabytes), ONRECORD_READ_SECONDS"


class RecordError(OnRecordError):
    """The record contradicts itself."""


class NoBytes(RecordError):
    """A span was asked for its source without the capture at hand."""

    hint = "Read the document from the file or from a desk, which keep the bytes"


class LexiconError(OnRecordError):
    """A table of names or phrases is wrong, in a row that is named."""

    hint = "Mend the row; the head of the module that reads the table says what a row holds"


class DamagedCapture(RecordError):
    """A kept capture is missing, or no longer what its name says."""

    hint = "Add the page again from its source: the same bytes take the same place"


class DamagedRecord(RecordError):
    """The record of a desk holds something that was not written."""

    hint = "`onrecord check` tells what; restore a backup, or mend it by `onrecord reread --everything`"


class DamagedDocument(RecordError):
    """A document of the desk is no longer as it was written."""

    hint = "`onrecord check` tells what else is; `onrecord reread --everything` reads it again from its capture"


class DamagedBackup(RecordError):
    """A backup is not what was backed up."""

    hint = "Restore another one; `onrecord check --desk BACKUP` tells what is wrong with this one"


class QueryError(OnRecordError):
    """A query that cannot be understood."""

    hint = 'Words, "exact phrases", AND, OR, NOT, NEAR/5, prefix*, ( )'


class ExtraMissing(OnRecordError):
    """An optional library is not installed."""


class ChartsMissing(ExtraMissing):
    """The drawing libraries are not installed."""

    hint = "pip install 'onrecord[charts]'"


class ScriptsMissing(ExtraMissing):
    """The tables of simplified and traditional characters are not installed."""

    hint = "pip install 'onrecord[scripts]'"


class SpacyMissing(ExtraMissing):
    """SpaCy is not installed."""

    hint = "pip install 'onrecord[second-reader]'"


class ProposerError(OnRecordError):
    """The second reader cannot do its work."""


class UnknownProposer(ProposerError):
    """No second reader is named so."""

    hint = "--with spacy:en_core_web_sm, or --with http://localhost:8080/v1 --model NAME"


class UnusablePipeline(ProposerError):
    """A spaCy pipeline is not installed, or parses no sentences."""

    hint = "Install one that parses: python -m spacy download en_core_web_sm"


class EndpointUnreachable(ProposerError):
    """No answer from the endpoint, or it is busy."""

    hint = "See that it runs and that the address is right; what was proposed so far stays, the rest follows when run again"


class EndpointRefused(ProposerError):
    """The endpoint does not take what it is asked."""

    hint = "Check --with (it mostly ends in /v1), --model, and --key-from, the environment variable that holds the key"


class EndpointUnclear(ProposerError):
    """The endpoint's answer is not what was asked for."""

    hint = "Nothing of it was taken; try a larger model, or one that follows JSON schemas"


class AddressTaken(OnRecordError):
    """Nothing can be served at that address: it is taken, or not this machine's."""


class DeskError(OnRecordError):
    """The desk cannot do it."""


class DeskBusy(DeskError):
    """Another process is writing to the desk."""

    hint = "Wait for it to end and try again: reading is possible meanwhile"


class SnapshotOutdated(DeskBusy):
    """The record has changed since the state that was asked: the index is already that of a later one."""

    hint = "Ask again"


class DeskTooNew(DeskError):
    """The desk was written by a newer version."""

    hint = "Update: pip install --upgrade onrecord"


class DeskFull(DeskError):
    """No room left on the device."""

    hint = "Free some room and run the same command again: what was added stays, the rest follows"


class DeskReadOnly(DeskError):
    """The desk may not be written to: its permissions forbid it, or the medium is read-only."""

    hint = "Change its permissions, or copy it to where it may be written to: `onrecord backup`"


class IndexDamaged(DeskError):
    """A file of the index could not be read; nothing was answered from it."""

    hint = "Run `onrecord rebuild`: the index is made of the record and loses nothing"


class IndexUnavailable(DeskError):
    """No index fits the record as it is, and none can be built here."""

    hint = "Run `onrecord rebuild` where the desk may be written to"


class NotADesk(DeskError):
    """The folder is something else, or a desk that is damaged."""

    hint = "Name the desk with --desk or ONRECORD_DESK, or make one with `onrecord add`"


class UnknownDocument(DeskError):
    """No document of that id on the desk."""

    hint = "`onrecord show` without an id lists what the desk holds"


class AmbiguousId(DeskError):
    """Several documents whose ids begin so."""


class UnknownProposal(DeskError):
    """No proposal of that id on the desk."""

    hint = "`onrecord proposals` lists them with their ids"


def reader_fault(fault: Exception, where: str) -> ReadingError:
    """The error of a document on which a reader, which may be a plug-in, failed as no reader should."""
    what = f"the reader failed: {type(fault).__name__}: {fault}"
    return ReadingError(what, where=where, hint="Please report this page")
