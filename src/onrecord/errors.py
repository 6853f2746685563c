"""The exceptions of the program; each class stands for one next step of the user.

::

    OnRecordError
    ├── SourceError             the source could not be opened
    │   ├── NotFound            no such file, folder, pattern or page
    │   ├── NotPermitted        no permission to read the file or folder
    │   ├── FetchFailed         the page could not be fetched
    │   │   └── HostPaused      the host asked to wait, or failed again and again
    │   ├── Disallowed          the site asks programs not to fetch this address
    │   ├── TooLarge            larger than any statement
    │   └── SeveralStatements   a file of several statements where one is asked for
    ├── ReadingError            the bytes were opened but contain no readable statement
    │   ├── Empty               the file is empty
    │   ├── NotText             an image, an archive, a program
    │   ├── Undecodable         no encoding fits
    │   ├── Damaged             a PDF, Word file or front matter that is not valid in its format
    │   ├── UnknownHouse        no house style recognises the page
    │   ├── NotAStatement       a listing, an error page, a bot wall
    │   ├── NoTurns             the house style expects speech and none was found
    │   └── LimitReached        reading exceeds the limit of memory or time
    ├── RecordError             the record is inconsistent
    │   ├── NoBytes             a span's source is requested but the capture is not loaded
    │   ├── DamagedCapture      a stored capture is missing or does not match its SHA-256
    │   ├── DamagedRecord       the record of a desk was altered or damaged
    │   ├── DamagedDocument     a document on the desk does not match its digest
    │   └── DamagedBackup       a backup does not match its checksum
    ├── QueryError              the query has a syntax error
    ├── NotComparable           the documents cannot be compared in this way
    ├── LexiconError            a row of a table of names or phrases is invalid
    ├── ExtraMissing            an optional library is not installed
    │   ├── ArchivesMissing     the reader of web archives
    │   ├── ChartsMissing       the chart libraries
    │   ├── CollectingMissing   the libraries that collect: robots.txt, feeds
    │   ├── ScriptsMissing      the tables of simplified and traditional characters
    │   ├── TablesMissing       the readers of Excel workbooks and Parquet
    │   └── SpacyMissing        spaCy, for a second reader that is a spaCy pipeline
    ├── ProposerError           the second reader failed
    │   ├── UnknownProposer     no second reader has this name
    │   ├── UnusablePipeline    a spaCy pipeline is not installed or has no parser
    │   ├── EndpointUnreachable the endpoint does not answer or is busy
    │   ├── EndpointRefused     the endpoint rejects the request
    │   └── EndpointUnclear     the endpoint's response is not in the requested form
    ├── CollectingError         an issuer's site cannot be collected from as asked
    │   ├── NoContact           nobody was named to whom a server may write
    │   └── NoSources           the card of the house names no list of what it publishes
    ├── NotWritten              a file that was asked for cannot be written
    ├── AddressTaken            the server cannot listen on this address
    └── DeskError               the desk operation failed
        ├── DeskBusy            another process is writing
        │   └── SnapshotOutdated  the record changed after this snapshot of it
        ├── DeskTooNew          written by a newer version
        ├── DeskOutdated        written by an older version, and not brought up to date yet
        ├── DeskFull            no space left on the device
        ├── DeskReadOnly        no permission to write to the desk
        ├── IndexDamaged        a file of the index could not be read
        ├── IndexUnavailable    no index matches the record, and none can be built here
        ├── NotADesk            the folder is not a desk
        ├── UnknownDocument     no document with this id
        ├── AmbiguousId         several documents have ids with this prefix
        ├── UnknownProposal     no proposal with this id
        ├── UnknownWatch        no saved question of this name
        └── Unavailable         the server cannot answer now
            ├── QuestionTooLong a request was stopped at its deadline
            └── WorkersBusy     every worker is busy with another long request

Every error has ``where`` (the file, address or id) and ``hint`` (the next step), and prints both. Control characters that
come from a page or a server are replaced by visible ones in the printed message.
"""

from __future__ import annotations

from onrecord.control_pictures import encodable, show_controls


class OnRecordError(Exception):
    """Base class: catch this to catch all of them.

    ``where`` is the file, address or id; ``hint`` says what to do next.
    """

    hint = ""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = encodable(what)
        self.where = encodable(where)
        self.hint = hint or type(self).hint

    @property
    def name(self) -> str:
        """The name of the error's class, as counted in summaries."""
        return type(self).__name__

    def __str__(self) -> str:
        message = f"{self.where}: {self.what}" if self.where else self.what
        return show_controls(f"{message}. {self.hint}" if self.hint else message)


class SourceError(OnRecordError):
    """The source could not be opened."""


class NotFound(SourceError):
    """No such file, folder, pattern or page."""

    hint = "Check the spelling; quote a pattern so that the shell does not expand it"


class NotPermitted(SourceError):
    """No permission to read the file or folder."""

    hint = "Change its permissions, or run as a user who may read it"


class FetchFailed(SourceError):
    """The page could not be fetched."""

    hint = "Open the address in a browser, save the page, and read the file"


class HostPaused(FetchFailed):
    """The host is not asked any more in this run: it asked to wait, or failed again and again."""

    hint = "Run the same command later: it goes on where it stopped"


class Disallowed(SourceError):
    """The site asks programs not to fetch this address, in its robots.txt, or its rules cannot be had."""

    hint = "Ask the site for permission, or save the page by hand and add the file"


class TooLarge(SourceError):
    """Larger than any statement."""

    hint = "Split it into single documents first"


class SeveralStatements(SourceError):
    """A file of several statements where one is asked for."""

    hint = "Read one with --item 1, --item 2 …, or add all to a desk: `onrecord add FILE`"


class ReadingError(OnRecordError):
    """The bytes were opened but contain no readable statement."""


class Empty(ReadingError):
    """The file is empty."""

    hint = "Fetch the page again: an interrupted download leaves an empty file"


class NotText(ReadingError):
    """An image, an archive, a program."""

    hint = "Read HTML, Markdown, plain text, PDF or .docx"


class Undecodable(ReadingError):
    """No encoding fits the bytes."""

    hint = "Give the encoding with --encoding"


class Damaged(ReadingError):
    """A PDF, Word file or front matter that is not valid in its format."""

    hint = "Fetch it again, or save it again from the program that created it"


class UnknownHouse(ReadingError):
    """No house style recognises the page."""

    hint = "Give the house with --house (`onrecord houses` lists them), or `--house plain` for an issuer that has none"


class NotAStatement(ReadingError):
    """A listing, an error page served as a normal page, a bot wall."""

    hint = "Fetch the page of a single statement"


class NoTurns(ReadingError):
    """The house style expects speech and none was found."""

    hint = "The house may not support the layout of this period: compare the page with `onrecord houses`"


class LimitReached(ReadingError):
    """Reading exceeds the limit of memory or time."""

    hint = "Split the file, or raise the limit: ONRECORD_READ_MEMORY (megabytes), ONRECORD_READ_SECONDS"


class RecordError(OnRecordError):
    """The record is inconsistent."""


class NoBytes(RecordError):
    """A span's source is requested but the capture is not loaded."""

    hint = "Read the document from its file or from a desk: they provide the bytes"


class LexiconError(OnRecordError):
    """A row of a table of names or phrases is invalid; the message names it."""

    hint = "Correct the row; the docstring of the module that loads the table describes its columns"


class DamagedCapture(RecordError):
    """A stored capture is missing or does not match its SHA-256."""

    hint = "Add the page again from its source: the same bytes replace the damaged file"


class DamagedRecord(RecordError):
    """The record of a desk was altered or damaged."""

    hint = "`onrecord check` lists the damage; restore a backup, or run `onrecord reread --everything`"


class DamagedDocument(RecordError):
    """A document on the desk does not match its digest."""

    hint = "`onrecord check` lists all damage; `onrecord reread --everything` reads it again from its capture"


class DamagedBackup(RecordError):
    """A backup does not match its checksum."""

    hint = "Restore another backup; `onrecord check --desk BACKUP` lists what is wrong with this one"


class QueryError(OnRecordError):
    """The query has a syntax error."""

    hint = 'Words, "exact phrases", AND, OR, NOT, NEAR/5, prefix*, ( )'


class NotComparable(OnRecordError):
    """The documents cannot be compared in this way."""

    hint = "`onrecord compare --help` says what can be compared"


class ExtraMissing(OnRecordError):
    """An optional library is not installed."""


class ArchivesMissing(ExtraMissing):
    """The library that reads web archives is not installed."""

    hint = "pip install 'onrecord[archives]'"


class CollectingMissing(ExtraMissing):
    """A library that collecting from an issuer's site needs is not installed."""

    hint = "pip install 'onrecord[collect]'"


class TablesMissing(ExtraMissing):
    """The libraries that read Excel workbooks and Parquet are not installed."""

    hint = "pip install 'onrecord[tables]', or save the table as CSV"


class ChartsMissing(ExtraMissing):
    """The chart libraries are not installed."""

    hint = "pip install 'onrecord[charts]'"


class ScriptsMissing(ExtraMissing):
    """The tables of simplified and traditional characters are not installed."""

    hint = "pip install 'onrecord[scripts]'"


class SpacyMissing(ExtraMissing):
    """SpaCy is not installed."""

    hint = "pip install 'onrecord[second-reader]'"


class ProposerError(OnRecordError):
    """The second reader failed."""


class UnknownProposer(ProposerError):
    """No second reader has this name."""

    hint = "--with spacy:en_core_web_sm, or --with http://localhost:8080/v1 --model NAME"


class UnusablePipeline(ProposerError):
    """A spaCy pipeline is not installed or has no parser."""

    hint = "Install one with a parser: python -m spacy download en_core_web_sm"


class EndpointUnreachable(ProposerError):
    """The endpoint does not answer or is busy."""

    hint = "Check that it runs and that the address is right; proposals so far are saved, run the command again for the rest"


class EndpointRefused(ProposerError):
    """The endpoint rejects the request."""

    hint = "Check --with (it usually ends in /v1), --model, and --key-from, the environment variable that holds the key"


class EndpointUnclear(ProposerError):
    """The endpoint's response is not in the requested form."""

    hint = "Nothing of it was used; try a larger model, or one that follows JSON schemas"


class CollectingError(OnRecordError):
    """An issuer's site cannot be collected from as asked."""


class NoContact(CollectingError):
    """Nobody was named to whom a server may write."""

    hint = "Give it once, the desk keeps it: --contact desk@example.org (a mail address or a web page)"


class NoSources(CollectingError):
    """The card of the house names no list of what it publishes."""

    hint = "Add [[sources]] to its card: docs/houses.md"


class NotWritten(OnRecordError):
    """A file that was asked for cannot be written."""

    hint = "Check that its folder exists and may be written to, and that the disk has room"


class AddressTaken(OnRecordError):
    """The server cannot listen on this address: it is in use, or does not belong to this machine."""


class DeskError(OnRecordError):
    """The desk operation failed."""


class DeskBusy(DeskError):
    """Another process is writing to the desk."""

    hint = "Wait until it ends and try again; reading works in the meantime"


class SnapshotOutdated(DeskBusy):
    """The record changed after this snapshot of it: the index already belongs to a later state."""

    hint = "Repeat the query"


class DeskTooNew(DeskError):
    """The desk was written by a newer version."""

    hint = "Update: pip install --upgrade onrecord"


class DeskOutdated(DeskError):
    """The desk was written by an older version of the program, which did not keep what is asked for."""

    hint = "Run `onrecord annotate`, which brings the desk up to date; nothing is lost"


class DeskFull(DeskError):
    """No space left on the device."""

    hint = "Free some space and run the same command again: it keeps what was added and continues with the rest"


class DeskReadOnly(DeskError):
    """No permission to write to the desk, or its medium is read-only."""

    hint = "Change its permissions, or copy it to a writable place: `onrecord backup`"


class IndexDamaged(DeskError):
    """A file of the index could not be read; no answer was taken from it."""

    hint = "Run `onrecord rebuild`: the index is built from the record, nothing is lost"


class IndexUnavailable(DeskError):
    """No index matches the record, and none can be built here."""

    hint = "Run `onrecord rebuild` where the desk is writable"


class NotADesk(DeskError):
    """The folder is not a desk, or a damaged one."""

    hint = "Give the desk with --desk or ONRECORD_DESK, or create one with `onrecord add`"


class UnknownDocument(DeskError):
    """No document with this id on the desk."""

    hint = "`onrecord show` without an id lists the documents on the desk"


class AmbiguousId(DeskError):
    """Several documents have ids with this prefix."""


class UnknownProposal(DeskError):
    """No proposal with this id on the desk."""

    hint = "`onrecord proposals` lists them with their ids"


class UnknownWatch(DeskError):
    """No saved question of this name on the desk."""


class Unavailable(DeskError):
    """The request cannot be answered now: it takes too long, or the desk is busy."""


class QuestionTooLong(Unavailable):
    """A request was stopped at its deadline, or its worker process died."""

    hint = "Narrow it, for example to fewer days or one issuer"


class WorkersBusy(Unavailable):
    """Every worker is busy with another long request."""

    hint = "Try again in a few seconds"


def annotation_fault(fault: Exception, where: str) -> ReadingError:
    """Turn an unexpected exception of the rules into the error of its document."""
    what = f"it was not annotated: {type(fault).__name__}: {fault}"
    return ReadingError(what, where=where, hint="Please report this page; its text is unchanged")


def reader_fault(fault: Exception, where: str) -> ReadingError:
    """Turn an unexpected exception of a reader, which may be a plug-in, into the error of its document."""
    what = f"the reader failed: {type(fault).__name__}: {fault}"
    return ReadingError(what, where=where, hint="Please report this page")
