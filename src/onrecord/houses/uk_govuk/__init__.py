"""GOV.UK: speeches, statements and news of the government of the United Kingdom, as its Content API gives them."""

from onrecord.houses.house import House, claim, late
from onrecord.houses.uk_govuk.content_items import is_content_item
from onrecord.reading.page import Page

#: As sure as an address: no other publisher has items of these fields.
_SURE = 0.95


def _claims(page: Page) -> float:
    return _SURE if is_content_item(page) else claim(house.card, page)


house = House(__file__, claims=_claims, read=late("onrecord.houses.uk_govuk.reader:read"))
