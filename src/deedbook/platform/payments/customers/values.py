"""The values that fields of a customer may hold."""

from __future__ import annotations

from typing import Literal

CustomerType = Literal["individual", "business"]
KycType = Literal["light", "standard", "enhanced"]
KycStatus = Literal[
    "verifying",
    "approved",
    "rejected",
    "deprecated",
    "pending_review",
    "awaiting_contract",
    "compliance_request",
    "approved_rfi",
]

ProofOfAddress = Literal[
    "UTILITY_BILL",
    "BANK_STATEMENT",
    "RENTAL_AGREEMENT",
    "TAX_DOCUMENT",
    "GOVERNMENT_CORRESPONDENCE",
]
IdDocument = Literal[
    "PASSPORT",
    "ID_CARD",
    "DRIVERS",
]
SourceOfFunds = Literal[
    "business_income",
    "gambling_proceeds",
    "gifts",
    "government_benefits",
    "inheritance",
    "investment_loans",
    "pension_retirement",
    "salary",
    "sale_of_assets_real_estate",
    "savings",
    "esops",
    "investment_proceeds",
    "someone_else_funds",
]
Purpose = Literal[
    "business_transactions",
    "charitable_donations",
    "investment_purposes",
    "payments_to_friends_or_family_abroad",
    "personal_or_living_expenses",
    "protect_wealth",
    "purchase_good_and_services",
    "receive_payment_for_freelancing",
    "receive_salary",
    "other",
]
AccountPurpose = Literal[
    "charitable_donations",
    "ecommerce_retail_payments",
    "investment_purposes",
    "business_expenses",
    "payments_to_friends_or_family_abroad",
    "personal_or_living_expenses",
    "protect_wealth",
    "purchase_goods_and_services",
    "receive_payments_for_goods_and_services",
    "tax_optimization",
    "third_party_money_transmission",
    "payroll",
    "treasury_management",
    "other",
]
BusinessType = Literal[
    "corporation",
    "llc",
    "partnership",
    "sole_proprietorship",
    "trust",
    "non_profit",
]
AnnualRevenue = Literal[
    "0_99999",
    "100000_999999",
    "1000000_9999999",
    "10000000_49999999",
    "50000000_249999999",
    "250000000_plus",
]
SourceOfWealth = Literal[
    "business_dividends_or_profits",
    "investments",
    "asset_sales",
    "client_investor_contributions",
    "gambling",
    "charitable_contributions",
    "inheritance",
    "affiliate_or_royalty_income",
]
OwnerRole = Literal[
    "beneficial_controlling",
    "beneficial_owner",
    "controlling_person",
]
TaxType = Literal[
    "SSN",
    "ITIN",
]
AdditionalInfoLabel = Literal[
    "EIN_LETTER",
    "KYC_PROVIDER_DOCUMENT",
    "FLOW_OF_FUNDS",
    "BANK_STATEMENT",
    "TAX_RETURN",
    "AUDITED_FINANCIALS",
    "OPERATING_AGREEMENT",
    "BOARD_RESOLUTION",
    "CERTIFICATE_OF_GOOD_STANDING",
    "BUSINESS_LICENSE",
    "MSB_LICENSE",
    "POWER_OF_ATTORNEY",
    "TRUST_DEED",
    "SHAREHOLDER_REGISTRY",
    "BENEFICIAL_OWNER_DECLARATION",
    "COMPLIANCE_QUESTIONNAIRE",
    "PROOF_OF_EMPLOYMENT",
    "REFERENCE_LETTER",
    "OTHER",
]
