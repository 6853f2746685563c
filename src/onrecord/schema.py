"""Print the JSON Schema of a document: ``python -m onrecord.schema > docs/document.schema.json``."""

from __future__ import annotations

import json

from onrecord.record import json_schema

if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
