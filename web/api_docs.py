"""Shows the JSON interface from its OpenAPI document, without foreign scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from web.here import InHere

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter of an operation."""

    name: str
    kind: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the interface."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answer: tuple[tuple[str, str], ...]


@router.api_route("/api/docs", methods=["GET", "HEAD"], include_in_schema=False)
def api_docs(here: InHere, request: Request) -> HTMLResponse:
    """Show every operation with its parameters and the keys of its answer."""
    document = request.app.openapi()
    return here.page("api_docs.html", operations=tuple(operations_of(document)))


def operations_of(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the operations of an OpenAPI document in its order."""
    for path, methods in document["paths"].items():
        for method, details in methods.items():
            yield Operation(
                method.upper(),
                path,
                details.get("summary", ""),
                details.get("description", ""),
                tuple(_parameter(document, found) for found in details.get("parameters", ())),
                tuple(_answer(document, details)),
            )


def _parameter(document: Mapping[str, Any], found: Mapping[str, Any]) -> Parameter:
    schema = found["schema"]
    default = schema.get("default")
    shown_default = "" if default is None else str(default)
    return Parameter(
        found["name"], _kind(document, schema), shown_default, found.get("description", "")
    )


def _answer(document: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys of the objects that the answer lists, with the kind of each."""
    schema = details["responses"]["200"]["content"]["application/json"]["schema"]
    page = _resolved(document, schema)
    item = _resolved(document, page["properties"]["items"]["items"])
    for name, shape in item["properties"].items():
        yield name, _kind(document, shape)


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    resolved: Mapping[str, Any] = document["components"]["schemas"][name]
    return resolved


def _kind(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(_kind(document, choice) for choice in schema["anyOf"])
    shape = _resolved(document, schema)
    if "enum" in shape:
        return " · ".join(map(str, shape["enum"]))
    if "properties" in shape:
        return "{" + ", ".join(shape["properties"]) + "}"
    return str(shape.get("type", "any"))
