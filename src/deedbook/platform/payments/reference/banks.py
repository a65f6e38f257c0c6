"""Well-known banks of the simulated world, by BIC (ISO 9362)."""

from __future__ import annotations

from typing import Final, NamedTuple


class Bank(NamedTuple):
    """A bank's head office; a BIC without its last three letters means the whole bank."""

    bic: str
    name: str
    city: str
    country: str


BANKS: Final = (
    Bank("ABNANL2AXXX", "ABN AMRO Bank", "Amsterdam", "Netherlands"),
    Bank("BARCGB22XXX", "Barclays Bank", "London", "United Kingdom"),
    Bank("BBDEBRSPXXX", "Banco Bradesco", "Osasco", "Brazil"),
    Bank("BBVAESMMXXX", "BBVA", "Bilbao", "Spain"),
    Bank("BCMRMXMMXXX", "BBVA México", "Mexico City", "Mexico"),
    Bank("BNMXMXMMXXX", "Banamex", "Mexico City", "Mexico"),
    Bank("BNPAFRPPXXX", "BNP Paribas", "Paris", "France"),
    Bank("BOFAUS3NXXX", "Bank of America", "New York", "United States"),
    Bank("BRASBRRJXXX", "Banco do Brasil", "Rio de Janeiro", "Brazil"),
    Bank("BSCHESMMXXX", "Banco Santander", "Madrid", "Spain"),
    Bank("CHASUS33XXX", "JPMorgan Chase Bank", "New York", "United States"),
    Bank("CITIUS33XXX", "Citibank", "New York", "United States"),
    Bank("COBADEFFXXX", "Commerzbank", "Frankfurt am Main", "Germany"),
    Bank("COLOCOBMXXX", "Bancolombia", "Medellín", "Colombia"),
    Bank("DBSSSGSGXXX", "DBS Bank", "Singapore", "Singapore"),
    Bank("DEUTDEFFXXX", "Deutsche Bank", "Frankfurt am Main", "Germany"),
    Bank("EBILAEADXXX", "Emirates NBD", "Dubai", "United Arab Emirates"),
    Bank("GABAARBAXXX", "Banco de Galicia y Buenos Aires", "Buenos Aires", "Argentina"),
    Bank("HDFCINBBXXX", "HDFC Bank", "Mumbai", "India"),
    Bank("HSBCHKHHXXX", "HSBC", "Hong Kong", "Hong Kong"),
    Bank("ICBKCNBJXXX", "Industrial and Commercial Bank of China", "Beijing", "China"),
    Bank("INGBNL2AXXX", "ING Bank", "Amsterdam", "Netherlands"),
    Bank("ITAUBRSPXXX", "Itaú Unibanco", "São Paulo", "Brazil"),
    Bank("NACNARBAXXX", "Banco de la Nación Argentina", "Buenos Aires", "Argentina"),
    Bank("ROYCCAT2XXX", "Royal Bank of Canada", "Toronto", "Canada"),
    Bank("SBININBBXXX", "State Bank of India", "Mumbai", "India"),
    Bank("SBZAZAJJXXX", "Standard Bank of South Africa", "Johannesburg", "South Africa"),
    Bank("WFBIUS6SXXX", "Wells Fargo Bank", "San Francisco", "United States"),
)
