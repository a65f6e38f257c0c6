"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("permission", sa.String(length=32), nullable=False),
        sa.Column("prefix", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ip_whitelist", JSON, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("reads_log", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", sa.String(length=15), nullable=False),
        sa.Column("created_by_name", sa.String(length=320), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_keys_token_hash")),
    )
    op.create_index(op.f("ix_api_keys_instance_id"), "api_keys", ["instance_id"], unique=False)

    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("kyc_type", sa.String(length=16), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("tax_id", sa.String(length=2048), nullable=True),
        sa.Column("address_line_1", sa.String(length=2048), nullable=True),
        sa.Column("address_line_2", sa.String(length=2048), nullable=True),
        sa.Column("city", sa.String(length=2048), nullable=True),
        sa.Column("state_province_region", sa.String(length=2048), nullable=True),
        sa.Column("postal_code", sa.String(length=2048), nullable=True),
        sa.Column("ip_address", sa.String(length=64), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("image_url", sa.String(length=2048), nullable=True),
        sa.Column("phone_number", sa.String(length=2048), nullable=True),
        sa.Column("proof_of_address_doc_type", sa.String(length=64), nullable=True),
        sa.Column("proof_of_address_doc_file", sa.String(length=2048), nullable=True),
        sa.Column("first_name", sa.String(length=2048), nullable=True),
        sa.Column("last_name", sa.String(length=2048), nullable=True),
        sa.Column("date_of_birth", sa.String(length=40), nullable=True),
        sa.Column("id_doc_country", sa.String(length=2), nullable=True),
        sa.Column("id_doc_type", sa.String(length=64), nullable=True),
        sa.Column("id_doc_front_file", sa.String(length=2048), nullable=True),
        sa.Column("id_doc_back_file", sa.String(length=2048), nullable=True),
        sa.Column("legal_name", sa.String(length=2048), nullable=True),
        sa.Column("alternate_name", sa.String(length=2048), nullable=True),
        sa.Column("formation_date", sa.String(length=40), nullable=True),
        sa.Column("website", sa.String(length=2048), nullable=True),
        sa.Column("incorporation_doc_file", sa.String(length=2048), nullable=True),
        sa.Column("proof_of_ownership_doc_file", sa.String(length=2048), nullable=True),
        sa.Column("source_of_funds_doc_type", sa.String(length=64), nullable=True),
        sa.Column("source_of_funds_doc_file", sa.String(length=2048), nullable=True),
        sa.Column("selfie_file", sa.String(length=2048), nullable=True),
        sa.Column("purpose_of_transactions", sa.String(length=64), nullable=True),
        sa.Column("purpose_of_transactions_explanation", sa.String(length=2048), nullable=True),
        sa.Column("account_purpose", sa.String(length=64), nullable=True),
        sa.Column("account_purpose_other", sa.String(length=512), nullable=True),
        sa.Column("business_type", sa.String(length=64), nullable=True),
        sa.Column("business_description", sa.String(length=1000), nullable=True),
        sa.Column("business_industry", sa.String(length=8), nullable=True),
        sa.Column("estimated_annual_revenue", sa.String(length=64), nullable=True),
        sa.Column("source_of_wealth", sa.String(length=64), nullable=True),
        sa.Column("publicly_traded", sa.Boolean(), nullable=True),
        sa.Column("occupation", sa.String(length=255), nullable=True),
        sa.Column("external_id", sa.String(length=2048), nullable=True),
        sa.Column("additional_info", JSON, nullable=False),
        sa.Column("tos_id", sa.String(length=15), nullable=False),
        sa.Column("kyc_status", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )
    op.create_index(
        "ix_customers_list", "customers", ["instance_id", "created_at", "id"], unique=False
    )

    op.create_table(
        "idempotency_replies",
        sa.Column("lookup", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_idempotency_replies")),
    )
    op.create_index(
        op.f("ix_idempotency_replies_expires_at"),
        "idempotency_replies",
        ["expires_at"],
        unique=False,
    )

    op.create_table(
        "instances",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("customer_invite_redirect_url", sa.String(length=2048), nullable=True),
        sa.Column("email_notifications", sa.Boolean(), nullable=False),
        sa.Column("require_passkey", sa.Boolean(), nullable=False),
        sa.Column("compliance_emails", JSON, nullable=False),
        sa.Column("customer_rfi_emails_enabled", sa.Boolean(), nullable=False),
        sa.Column("onboarding_step", sa.String(length=32), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instances")),
    )
    op.create_table(
        "invites",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("user_role", sa.String(length=16), nullable=False),
        sa.Column("inviter_name", sa.String(length=320), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
    )
    op.create_index(op.f("ix_invites_instance_id"), "invites", ["instance_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("user_id", sa.String(length=15), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "user_id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_user_id"), "memberships", ["user_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=15), nullable=False),
        sa.Column("auth_method", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ip_address", sa.String(length=64), nullable=True),
        sa.Column("user_agent", sa.String(length=2048), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)

    op.create_table(
        "sign_in_codes",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_codes")),
    )
    op.create_index(op.f("ix_sign_in_codes_email"), "sign_in_codes", ["email"], unique=False)

    op.create_table(
        "sign_in_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=15), nullable=False),
        sa.Column("auth_method", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_links")),
    )
    op.create_table(
        "terms_of_service",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("idempotency_key", sa.String(length=36), nullable=False),
        sa.Column("session_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("customer_id", sa.String(length=15), nullable=True),
        sa.Column("redirect_url", sa.String(length=2048), nullable=True),
        sa.Column("version", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_of_service")),
        sa.UniqueConstraint(
            "instance_id", "idempotency_key", name=op.f("uq_terms_of_service_instance_id")
        ),
        sa.UniqueConstraint("session_hash", name=op.f("uq_terms_of_service_session_hash")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("middle_name", sa.String(length=100), nullable=True),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("image_url", sa.String(length=2048), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "customer_owners",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("customer_id", sa.String(length=15), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=255), nullable=False),
        sa.Column("last_name", sa.String(length=255), nullable=False),
        sa.Column("date_of_birth", sa.String(length=40), nullable=False),
        sa.Column("tax_id", sa.String(length=2048), nullable=False),
        sa.Column("address_line_1", sa.String(length=2048), nullable=False),
        sa.Column("address_line_2", sa.String(length=2048), nullable=True),
        sa.Column("city", sa.String(length=2048), nullable=False),
        sa.Column("state_province_region", sa.String(length=2048), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("postal_code", sa.String(length=2048), nullable=False),
        sa.Column("id_doc_country", sa.String(length=2), nullable=False),
        sa.Column("id_doc_type", sa.String(length=64), nullable=False),
        sa.Column("id_doc_front_file", sa.String(length=2048), nullable=False),
        sa.Column("id_doc_back_file", sa.String(length=2048), nullable=True),
        sa.Column("proof_of_address_doc_type", sa.String(length=64), nullable=True),
        sa.Column("proof_of_address_doc_file", sa.String(length=2048), nullable=True),
        sa.Column("ownership_percentage", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=128), nullable=True),
        sa.Column("tax_type", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_customer_owners_customer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_owners")),
    )
    op.create_index(
        op.f("ix_customer_owners_customer_id"), "customer_owners", ["customer_id"], unique=False
    )
