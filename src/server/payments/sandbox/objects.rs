//! Objects with every field that Stripe's own have: the client reads them strictly.

use serde_json::{Value, json};

use crate::server::payments::gateway::api_version;

/// The object, and the fields of it in which nothing stands.
fn with_nothing(mut object: Value, fields: &[&str]) -> Value {
    for field in fields {
        object[*field] = Value::Null;
    }
    object
}

fn address() -> Value {
    json!({ "city": null, "country": "CZ", "line1": null, "line2": null, "postal_code": null, "state": null })
}

/// What a checkout page is made of.
pub struct NewSession<'a> {
    pub id: &'a str,
    pub url: &'a str,
    pub now: i64,
    pub expires_at: i64,
    pub total: i64,
    pub currency: &'a str,
    pub reference: Option<&'a str>,
    pub email: Option<&'a str>,
    pub locale: Option<&'a str>,
    pub success_url: &'a str,
    pub cancel_url: Option<&'a str>,
    pub metadata: Value,
}

pub fn session(new: &NewSession<'_>) -> Value {
    let object = json!({
        "id": new.id,
        "object": "checkout.session",
        "adaptive_pricing": { "enabled": false },
        "allowed_payment_method_types": ["card"],
        "amount_subtotal": new.total,
        "amount_total": new.total,
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "cancel_url": new.cancel_url,
        "client_reference_id": new.reference,
        "created": new.now,
        "currency": new.currency,
        "custom_fields": [],
        "custom_text": {
            "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null,
        },
        "customer_creation": "if_required",
        "customer_email": new.email,
        "discounts": [],
        "expires_at": new.expires_at,
        "invoice_creation": {
            "enabled": false,
            "invoice_data": {
                "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null, "issuer": null,
                "metadata": {}, "rendering_options": null,
            },
        },
        "livemode": false,
        "locale": new.locale,
        "managed_payments": { "enabled": false },
        "metadata": new.metadata,
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": { "card": { "request_three_d_secure": "automatic" } },
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "phone_number_collection": { "enabled": false },
        "shipping_options": [],
        "status": "open",
        "success_url": new.success_url,
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
        "ui_mode": "hosted_page",
        "url": new.url,
    });
    with_nothing(
        object,
        &[
            "after_expiration",
            "allow_promotion_codes",
            "billing_address_collection",
            "branding_settings",
            "client_secret",
            "collected_information",
            "consent",
            "consent_collection",
            "currency_conversion",
            "customer",
            "customer_account",
            "customer_details",
            "integration_identifier",
            "invoice",
            "origin_context",
            "payment_intent",
            "payment_link",
            "payment_method_configuration_details",
            "permissions",
            "recovered_from",
            "saved_payment_method_options",
            "setup_intent",
            "shipping_address_collection",
            "shipping_cost",
            "submit_type",
            "subscription",
            "wallet_options",
        ],
    )
}

/// A page that only keeps a card.
pub fn sells_nothing(session: &mut Value) {
    session["mode"] = json!("setup");
    session["payment_status"] = json!("no_payment_required");
    for field in ["amount_subtotal", "amount_total", "total_details"] {
        session[field] = Value::Null;
    }
}

/// Who paid, once somebody did.
pub fn customer_details(email: &Value) -> Value {
    json!({
        "address": address(), "business_name": null, "email": email, "individual_name": null, "name": "Zkušební plátce",
        "phone": null, "tax_exempt": "none", "tax_ids": [],
    })
}

/// What a payment is made of.
pub struct NewPayment<'a> {
    pub intent: &'a str,
    pub charge: &'a str,
    pub now: i64,
    pub amount: i64,
    pub currency: &'a str,
    pub metadata: Value,
}

pub fn payment_intent(new: &NewPayment<'_>) -> Value {
    let object = json!({
        "id": new.intent,
        "object": "payment_intent",
        "amount": new.amount,
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": new.amount,
        "capture_method": "automatic_async",
        "client_secret": format!("{}_secret_sandbox", new.intent),
        "confirmation_method": "automatic",
        "created": new.now,
        "currency": new.currency,
        "latest_charge": new.charge,
        "livemode": false,
        "managed_payments": { "enabled": false },
        "metadata": new.metadata,
        "payment_method": "pm_card_visa",
        "payment_method_options": { "card": { "installments": null, "mandate_options": null, "network": null,
                                              "request_three_d_secure": "automatic" } },
        "payment_method_types": ["card"],
        "status": "succeeded",
    });
    with_nothing(
        object,
        &[
            "application",
            "application_fee_amount",
            "automatic_payment_methods",
            "canceled_at",
            "cancellation_reason",
            "customer",
            "customer_account",
            "description",
            "excluded_payment_method_types",
            "last_payment_error",
            "next_action",
            "on_behalf_of",
            "payment_method_configuration_details",
            "processing",
            "receipt_email",
            "review",
            "setup_future_usage",
            "shipping",
            "source",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_data",
            "transfer_group",
        ],
    )
}

pub fn charge(new: &NewPayment<'_>) -> Value {
    let card = json!({
        "amount_authorized": new.amount,
        "authorization_code": "123456",
        "brand": "visa",
        "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
        "country": "CZ",
        "exp_month": 12,
        "exp_year": 2034,
        "extended_authorization": { "status": "disabled" },
        "fingerprint": "linkasandboxcard",
        "funding": "debit",
        "incremental_authorization": { "status": "unavailable" },
        "installments": null,
        "last4": "4242",
        "mandate": null,
        "multicapture": { "status": "unavailable" },
        "network": "visa",
        "network_token": { "used": false },
        "network_transaction_id": "104102978678771",
        "overcapture": { "maximum_amount_capturable": new.amount, "status": "unavailable" },
        "regulated_status": "unregulated",
        "three_d_secure": null,
        "transaction_link_id": null,
        "wallet": null,
    });
    let object = json!({
        "id": new.charge,
        "object": "charge",
        "amount": new.amount,
        "amount_captured": new.amount,
        "amount_refunded": 0,
        "billing_details": {
            "address": address(), "email": null, "name": "Zkušební plátce", "phone": null, "tax_id": null,
        },
        "calculated_statement_descriptor": "LINKA",
        "captured": true,
        "created": new.now,
        "currency": new.currency,
        "disputed": false,
        "fraud_details": {},
        "livemode": false,
        "metadata": new.metadata,
        "outcome": {
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal",
            "seller_message": "Payment complete.", "type": "authorized",
        },
        "paid": true,
        "payment_intent": new.intent,
        "payment_method": "pm_card_visa",
        "payment_method_details": { "type": "card", "card": card },
        "refunded": false,
        "refunds": { "object": "list", "data": [], "has_more": false, "url": format!("/v1/charges/{}/refunds", new.charge) },
        "status": "succeeded",
    });
    with_nothing(
        object,
        &[
            "application",
            "application_fee",
            "application_fee_amount",
            "balance_transaction",
            "customer",
            "description",
            "failure_balance_transaction",
            "failure_code",
            "failure_message",
            "on_behalf_of",
            "receipt_email",
            "receipt_number",
            "receipt_url",
            "review",
            "shipping",
            "source",
            "source_transfer",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_data",
            "transfer_group",
        ],
    )
}

/// A card that is kept at a customer.
pub fn payment_method(id: &str, customer: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": {
            "address": address(), "email": null, "name": "Zkušební plátce", "phone": null, "tax_id": null,
        },
        "card": {
            "brand": "visa",
            "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
            "country": "CZ",
            "display_brand": "visa",
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": "linkasandboxcard",
            "funding": "debit",
            "generated_from": null,
            "last4": "4242",
            "networks": { "available": ["visa"], "preferred": null },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": true },
            "wallet": null,
        },
        "created": now,
        "customer": customer,
        "customer_account": null,
        "livemode": false,
        "metadata": {},
        "type": "card",
    })
}

/// What became of a page that keeps a card.
pub fn setup_intent(id: &str, (customer, card): (&str, &str), now: i64, metadata: Value) -> Value {
    let object = json!({
        "id": id,
        "object": "setup_intent",
        "client_secret": format!("{id}_secret_sandbox"),
        "created": now,
        "customer": customer,
        "livemode": false,
        "managed_payments": { "enabled": false },
        "metadata": metadata,
        "payment_method": card,
        "payment_method_options": { "card": { "mandate_options": null, "network": null, "request_three_d_secure": "automatic" } },
        "payment_method_types": ["card"],
        "status": "succeeded",
        "usage": "off_session",
    });
    with_nothing(
        object,
        &[
            "application",
            "automatic_payment_methods",
            "cancellation_reason",
            "customer_account",
            "description",
            "excluded_payment_method_types",
            "flow_directions",
            "last_setup_error",
            "latest_attempt",
            "mandate",
            "next_action",
            "on_behalf_of",
            "payment_method_configuration_details",
            "single_use_mandate",
        ],
    )
}

/// What a refund is made of.
pub struct NewRefund<'a> {
    pub id: &'a str,
    pub intent: &'a str,
    pub charge: &'a str,
    pub now: i64,
    pub amount: i64,
    pub currency: &'a str,
    pub reason: Option<String>,
    pub metadata: Value,
    pub status: &'a str,
}

pub fn refund(new: &NewRefund<'_>) -> Value {
    let object = json!({
        "id": new.id,
        "object": "refund",
        "amount": new.amount,
        "charge": new.charge,
        "created": new.now,
        "currency": new.currency,
        "destination_details": {
            "type": "card",
            "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" },
        },
        "metadata": new.metadata,
        "payment_intent": new.intent,
        "payment_method": "pm_card_visa",
        "reason": new.reason,
        "status": new.status,
    });
    with_nothing(
        object,
        &[
            "balance_transaction",
            "customer",
            "customer_account",
            "receipt_number",
            "source_transfer_reversal",
            "transfer_reversal",
        ],
    )
}

pub fn dispute(id: &str, charge: &Value, status: &str, now: i64) -> Value {
    let evidence = [
        "access_activity_log",
        "billing_address",
        "cancellation_policy",
        "cancellation_policy_disclosure",
        "cancellation_rebuttal",
        "customer_communication",
        "customer_email_address",
        "customer_name",
        "customer_purchase_ip",
        "customer_signature",
        "duplicate_charge_documentation",
        "duplicate_charge_explanation",
        "duplicate_charge_id",
        "product_description",
        "receipt",
        "refund_policy",
        "refund_policy_disclosure",
        "refund_refusal_explanation",
        "service_date",
        "service_documentation",
        "shipping_address",
        "shipping_carrier",
        "shipping_date",
        "shipping_documentation",
        "shipping_tracking_number",
        "uncategorized_file",
        "uncategorized_text",
    ];
    let mut evidence: serde_json::Map<String, Value> =
        evidence.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    evidence.insert("enhanced_evidence".to_owned(), json!({}));
    json!({
        "id": id,
        "object": "dispute",
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": evidence,
        "evidence_details": {
            "due_by": now + 7 * 24 * 60 * 60, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false,
            "submission_count": 0,
        },
        "is_charge_refundable": false,
        "livemode": false,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "type": "card",
            "card": { "brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4" },
        },
        "reason": "fraudulent",
        "status": status,
    })
}

/// A page of a list that has everything on one page.
pub fn list(url: &str, data: Vec<Value>) -> Value {
    json!({ "object": "list", "data": data, "has_more": false, "url": url })
}

pub fn event(id: &str, kind: &str, object: &Value, now: i64) -> Value {
    json!({
        "id": id,
        "object": "event",
        "api_version": api_version(),
        "created": now,
        "data": { "object": object },
        "livemode": false,
        "pending_webhooks": 1,
        "request": { "id": null, "idempotency_key": null },
        "type": kind,
    })
}
