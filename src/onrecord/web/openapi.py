"""The OpenAPI document of the pages: the parameters of each page and the schema of its JSON."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from onrecord.asking.options import SHARED
from onrecord.version import __version__
from onrecord.web.page import Page

_REF = "#/components/schemas/{name}"
_ERROR = {
    "type": "object",
    "required": ["error", "message", "where", "hint"],
    "properties": {name: {"type": "string"} for name in ("error", "message", "where", "hint")},
}


def description(pages: list[Page]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of these pages, each at its path with ``.json``."""
    schemas, components = msgspec.json.schema_components([page.json_type for page in pages], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "On Record",
            "version": __version__,
            "summary": "Search and compare official statements: every page as JSON.",
            "description": "Request a page as JSON with `Accept: application/json`, or append `.json` to its path. "
            "Pages with a feed have `.atom`, pages with a table `.csv`. "
            "Offsets are code points in a document's text.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            json_path(page): {"get": _operation(page, schema)} for page, schema in zip(pages, schemas, strict=True)
        },
        "components": {"schemas": components | {"Error": _ERROR}},
    }


def json_path(page: Page) -> str:
    """The path of a page's JSON, with variables in braces."""
    return "/index.json" if page.path == "/" else f"{page.path.replace(':path', '')}.json"


def _operation(page: Page, schema: dict[str, Any]) -> dict[str, Any]:
    wrong = {"application/json": {"schema": {"$ref": _REF.format(name="Error")}}}
    return {
        "operationId": page.template.removesuffix(".html"),
        "summary": page.summary,
        "parameters": [*_variables(page), *_query(page)],
        "responses": {
            "200": {"description": "The answer", "content": {"application/json": {"schema": schema}}},
            "400": {"description": "A parameter is not valid", "content": wrong},
            "404": {"description": "Not on this desk", "content": wrong},
        },
    }


def _variables(page: Page) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)", page.path)
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in names
    ]


def _query(page: Page) -> list[dict[str, Any]]:
    """The query parameters. A field without a description of its own has that of the shared option of the same name."""
    (reference,), components = msgspec.json.schema_components([page.parameters], ref_template=_REF)
    properties = components[reference["$ref"].rpartition("/")[2]]["properties"]
    parameters = []
    for name, schema in properties.items():
        shape = {key: value for key, value in schema.items() if key != "default"}
        parameter = {"name": name, "in": "query", "required": False, "schema": shape}
        # msgspec puts the description of an optional field inside "anyOf".
        own = [one.pop("description", None) for one in (shape, *shape.get("anyOf", ()))]
        described = next(filter(None, own), None) or (SHARED[name].description if name in SHARED else None)
        if described:
            parameter["description"] = described
        parameters.append(parameter)
    return parameters
