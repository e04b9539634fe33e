"""What the OpenAPI description says about errors: one shape, on every operation of both sites."""

from __future__ import annotations

from typing import Any

ERROR = {
    "type": "object",
    "description": "Every reason of a refusal at once.",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "code", "article", "remedy"],
                "properties": {
                    "field": {"type": "string", "description": "Field it concerns; empty for the whole."},
                    "message": {"type": "string"},
                    "code": {"type": "string", "description": "Stable key for programs."},
                    "article": {"type": "string", "description": "Legal source."},
                    "remedy": {"type": "string", "description": "What would make it pass."},
                },
            },
        }
    },
}
STATUSES = {"400": "Refused: all reasons.", "403": "Not allowed.", "404": "Not there, or outside one's scope."}


def add_errors(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Postprocessing hook of drf-spectacular: the error shape as a component, named by every operation."""
    result.setdefault("components", {}).setdefault("schemas", {})["Refusal"] = ERROR
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path in result["paths"].values():
        for operation in path.values():
            answers = operation.setdefault("responses", {})
            statuses = dict(STATUSES)
            if operation.get("security", [{}]) != [{}]:
                statuses["401"] = "No valid token or session."
            for status, text in statuses.items():
                answers.setdefault(status, {"description": text, "content": content})
    return result
