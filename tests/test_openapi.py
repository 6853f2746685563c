"""The API as it is described: fuzzed, it answers each question with what it publishes, and never fails."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onrecord.web.openapi import json_path
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.server import DeskServer

pytestmark = pytest.mark.slow

#: Seconds without an answer after which a page counts as hanging, also on a busy machine.
HANG = 120
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def schema(served: DeskServer) -> Any:
    return schemathesis.openapi.from_url(f"{served.address}openapi")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_question_breaks_it(page: Page, schema: Any) -> None:
    @given(case=schema[json_path(page)]["GET"].as_strategy())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, timeout=HANG)

    ask()


def test_what_is_held_is_told_in_the_published_shape(schema: Any, served: DeskServer) -> None:
    """Fuzzing seldom hits a document that is there: these do."""
    from onrecord.desk import open_desk

    with open_desk(served.desks.folder) as desk:
        ids = [one.id for one in desk]
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = [
        *(("/statements/{id}.json", {"id": id}, {}) for id in ids),
        *(("/statements/{id}/source.json", {"id": id}, {"at": "0-10"}) for id in ids[:4]),
        *(("/statements/{id}/cite.json", {"id": id}, {}) for id in ids[:4]),
        *(("/statements/{id}/redline.json", {"id": id}, {}) for id in ids[-4:]),
        ("/find.json", {}, {"q": "ferry"}), ("/trace.json", {}, {"q": "ferry"}), ("/ledger.json", {}, {"between": ["CHN"]}),
        ("/meetings.json", {}, {}), ("/acts.json", {}, {"actor": ["CHN"]}), ("/answers.json", {}, {}), ("/actors.json", {}, {}),
        ("/actors/{id}.json", {"id": "CHN"}, {}), ("/outlets/{id}.json", {"id": "afp"}, {}),
        ("/trends.json", {}, {"term": ["ferry", "mention:China"]}), ("/index.json", {}, {}), ("/statements.json", {}, {}),
    ]  # fmt: skip
    for path, variables, query in asked:
        answer = (
            schema[path]["GET"]
            .Case(path_parameters=variables, query=query)
            .call_and_validate(checks=CHECKS, timeout=HANG)
        )
        assert answer.status_code == 200, (path, variables)
