"""What is filled in during the day. Every number is a published example, or nobody's."""

DOCUMENT = "https://files.example/document.pdf"
LEDGER = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"

ADDRESS = {
    "address_line_1": "1 Long Road",
    "city": "Recife",
    "state_province_region": "PE",
    "postal_code": "50030-230",
}

# Onboarding

BUSINESS_DETAILS = {
    **ADDRESS,
    "entity_type": "company",
    "legal_name": "Jangada Pagamentos Ltda",
    "tax_id": "12.345.678/0001-95",
    "state_of_incorporation": "PE",
    "formation_date": "2026-05-04T00:00:00.000Z",
    "country": "BR",
}
BUSINESS_PROFILE = {
    "scenario": "custodial",
    "has_kyc_screening": True,
    "business_industry": "marketplace",
    "website": "https://jangada.example/",
    "top_volume_by_country": ["BR", "MX"],
    "estimated_volume_per_month": "up_to_500",
}
OWNERSHIP_DOCUMENTS = {
    "incorporation_doc_file": DOCUMENT,
    "proof_of_ownership_doc_file": DOCUMENT,
    "owners": [
        {
            "id": "ow_000000000001",
            "role": "beneficial_owner",
            "first_name": "Ana",
            "last_name": "Costa",
            "tax_id": "123.456.789-09",
            "country": "BR",
        }
    ],
}
APPLICANT = {"applicant_id": "ow_000000000001", "applicant_authorized": True}
LIVENESS = {"liveness_session_id": "shown-by-the-applicant"}
BILLING_DETAILS = {
    **ADDRESS,
    "name": "Jangada Pagamentos Ltda",
    "email": "billing@jangada.example",
    "tax_id": "12.345.678/0001-95",
    "address_line_2": "",
    "country": "BR",
    "copy_emails": [],
}
COLLECTION = {"network": "base", "token": "USDC", "wallet_address": LEDGER}

# Customers

MARIA = {
    "type": "individual",
    "kyc_type": "standard",
    "email": "maria@example.com",
    "country": "BR",
    "first_name": "Maria",
    "last_name": "Silva",
    "tax_id": "123.456.789-09",
}
ACME = {
    "type": "business",
    "kyc_type": "standard",
    "email": "office@acme.example",
    "country": "BR",
    "legal_name": "Acme Ltda",
    "tax_id": "11.222.333/0001-81",
}
HIGHER_LIMITS = {
    "per_transaction": 20_000_00,
    "daily": 60_000_00,
    "monthly": 200_000_00,
    "supporting_document_type": "individual_pay_stub",
    "supporting_document_file": DOCUMENT,
}

# Accounts and wallets

PIX = {"type": "pix", "name": "Maria at Itaú", "pix_key": "maria@example.com"}
SWIFT = {
    "type": "international_swift",
    "name": "Maria at Barclays",
    "account_class": "individual",
    "recipient_relationship": "employee",
    "swift_code_bic": "BARCGB22",
    "swift_account_holder_name": "Maria Silva",
    "swift_account_number_iban": "GB82WEST12345698765432",
    "swift_beneficiary_address_line_1": "1 Long Road",
    "swift_beneficiary_country": "GB",
    "swift_beneficiary_city": "London",
    "swift_beneficiary_state_province_region": "London",
    "swift_beneficiary_postal_code": "E1 6AN",
    "swift_bank_name": "Barclays",
    "swift_bank_address_line_1": "1 Churchill Place",
    "swift_bank_country": "GB",
    "swift_bank_city": "London",
    "swift_bank_state_province_region": "London",
    "swift_bank_postal_code": "E14 5HP",
}
OFFRAMP_WALLET = {"network": "sepolia"}
BLOCKCHAIN_WALLET = {
    "name": "Maria's ledger",
    "network": "sepolia",
    "address": LEDGER,
    "is_account_abstraction": True,
}
WALLET = {"name": "Maria's savings", "network": "sepolia"}
VIRTUAL_ACCOUNT = {
    "banking_partner": "jpmorgan",
    "token": "USDB",
    "sole_proprietor_doc_type": "salary_slip",
    "sole_proprietor_doc_file": DOCUMENT,
}
PARTNER_FEE = {
    "name": "Our share",
    "payin_percentage_fee": 50,
    "payin_flat_fee": 0,
    "payout_percentage_fee": 100,
    "payout_flat_fee": 150,
}

# Payments

PAYIN = {
    "currency_type": "sender",
    "request_amount": 250_00,
    "payment_method": "pix",
    "token": "USDB",
}
PAYOUT = {
    "currency_type": "sender",
    "request_amount": 120_00,
    "network": "sepolia",
    "token": "USDB",
}
INVOICE = {
    "transaction_document_type": "invoice",
    "transaction_document_id": "INV-0001",
    "transaction_document_file": DOCUMENT,
}
TRANSFER = {
    "amount_reference": "sender",
    "request_amount": 20_00,
    "sender_token": "USDB",
    "customer_token": "USDB",
    "customer_network": "sepolia",
    "customer_wallet_address": LEDGER,
}
WEBHOOK_ENDPOINT = {
    "url": "https://hooks.jangada.example/payments",
    "events": ["payin.complete", "payout.complete"],
}
