"""Items of the Content API of GOV.UK."""

from __future__ import annotations

from onrecord.reading.page import Page


def is_content_item(page: Page) -> bool:
    """Whether a page is an item of the Content API, by the names of its fields."""
    return page.wrapping == "json" and "base_path" in page.fields and "content_id" in page.fields
