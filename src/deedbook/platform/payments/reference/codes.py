"""Codes: countries (ISO 3166-1 alpha-2) and industries (NAICS), as the wire knows them."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator

from deedbook.platform.payments.reference.industries import INDUSTRIES

COUNTRIES: Final = frozenset(
    """
AF AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BQ BA BW BV BR IO
BN BG BF BI CV KH CM CA KY CF TD CL CN CX CC CO KM CD CG CK CR HR CU CW CY CZ CI DK DJ DM DO EC
EG SV GQ ER EE SZ ET FK FO FJ FI FR GF PF TF GA GM GE DE GH GI GR GL GD GP GU GT GG GN GW GY HT
HM VA HN HK HU IS IN ID IR IQ IE IM IL IT JM JP JE JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI
LT LU MO MG MW MY MV ML MT MH MQ MR MU YT MX FM MD MC MN ME MS MA MZ MM NA NR NP NL NC NZ NI NE
NG NU NF MP NO OM PK PW PS PA PG PY PE PH PN PL PT PR QA MK RO RU RW RE BL SH KN LC MF PM VC WS
SM ST SA SN RS SC SL SG SX SK SI SB SO ZA GS SS ES LK SD SR SJ SE CH SY TW TJ TZ TH TL TG TK TO
TT TN TR TM TC TV UG UA AE GB UM US UY UZ VU VE VN VG VI WF EH YE ZM ZW AX
""".split()  # noqa: SIM905 (a list would take a line for each)
)


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError("is no ISO 3166-1 alpha-2 country code")
    return code


def _industry(code: str) -> str:
    if code not in INDUSTRIES:
        raise ValueError("is no NAICS code that is known here")
    return code


CountryCode = Annotated[str, AfterValidator(_country)]
NaicsCode = Annotated[str, AfterValidator(_industry)]
