//! Money that goes back: refunds and disputes.

use serde_json::{Value, json};

use super::{
    super::{
        RefundMode,
        objects::{self, NewRefund},
        params::{Params, Refusal},
    },
    Books, Ink,
};

impl Books {
    /// `POST /v1/refunds`
    pub fn create_refund(&mut self, ink: &Ink, mut params: Params, mode: RefundMode) -> Result<Value, Refusal> {
        let intent = params.need("payment_intent")?;
        let amount = params.integer("amount")?;
        let metadata = params.map("metadata")?;
        let reason = params.one_of("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
        params.finish()?;
        let paid = self.intents.get(&intent).ok_or_else(|| Refusal::missing("payment_intent", &intent))?;
        let missing = || Refusal::missing("charge", &intent);
        let charge = paid["latest_charge"].as_str().and_then(|id| self.charges.get_mut(id)).ok_or_else(missing)?;
        let total = charge["amount"].as_i64().unwrap_or_default();
        let before = charge["amount_refunded"].as_i64().unwrap_or_default();
        let amount = amount.unwrap_or(total - before);
        if charge["paid"] != true || amount < 1 || mode == RefundMode::Refuse {
            return Err(Refusal::invalid("charge_not_refundable", "amount", "This charge cannot be refunded."));
        }
        if before + amount > total {
            let message = "Refund amount is greater than unrefunded amount on charge";
            return Err(Refusal::invalid("charge_already_refunded", "amount", message));
        }
        charge["amount_refunded"] = json!(before + amount);
        charge["refunded"] = json!(before + amount == total);
        let charge = charge.clone();
        let refund = objects::refund(&NewRefund {
            id: &ink.id("re"),
            intent: &intent,
            charge: charge["id"].as_str().unwrap_or_default(),
            now: ink.now,
            amount,
            currency: charge["currency"].as_str().unwrap_or_default(),
            reason,
            metadata,
            status: if mode == RefundMode::Succeed { "succeeded" } else { "pending" },
        });
        self.refunds.insert(0, refund.clone());
        self.emit_event(ink, "refund.created", &refund);
        self.emit_event(ink, "charge.refunded", &charge);
        if mode == RefundMode::Fail {
            self.move_refund(ink, refund["id"].as_str().unwrap_or_default(), "failed")?;
        }
        Ok(refund)
    }

    /// The bank moves a refund on.
    pub fn move_refund(&mut self, ink: &Ink, id: &str, status: &str) -> Result<(), Refusal> {
        let refund =
            self.refunds.iter_mut().find(|refund| refund["id"] == id).ok_or_else(|| Refusal::missing("refund", id))?;
        refund["status"] = json!(status);
        if status == "failed" {
            refund["failure_reason"] = json!("expired_or_canceled_card");
            let charge = refund["charge"].as_str().and_then(|id| self.charges.get_mut(id));
            if let Some(charge) = charge {
                let left = charge["amount_refunded"].as_i64().unwrap_or_default()
                    - refund["amount"].as_i64().unwrap_or_default();
                charge["amount_refunded"] = json!(left);
                charge["refunded"] = json!(false);
            }
        }
        let refund = refund.clone();
        self.emit_event(ink, "refund.updated", &refund);
        if status == "failed" {
            self.emit_event(ink, "refund.failed", &refund);
        }
        Ok(())
    }

    /// The customer's bank begins a dispute or moves it on.
    pub fn dispute(&mut self, ink: &Ink, intent: &str, status: &str) -> Result<(), Refusal> {
        let missing = || Refusal::missing("payment_intent", intent);
        let charge = self.intents.get(intent).and_then(|intent| intent["latest_charge"].as_str());
        let charge = charge.and_then(|id| self.charges.get_mut(id)).ok_or_else(missing)?;
        charge["disputed"] = json!(true);
        // The latest one; what is over stays over, unless it is decided anew, and another one begins.
        let begins = matches!(status, "needs_response" | "warning_needs_response");
        let known =
            self.disputes.iter_mut().rev().find(|dispute| dispute["payment_intent"] == intent).filter(|dispute| {
                !(begins && matches!(dispute["status"].as_str(), Some("won" | "lost" | "warning_closed")))
            });
        let (kind, dispute) = match known {
            None => {
                let dispute = objects::dispute(&ink.id("du"), charge, status, ink.now);
                self.disputes.push(dispute.clone());
                ("charge.dispute.created", dispute)
            }
            Some(dispute) => {
                dispute["status"] = json!(status);
                let kind = match status {
                    "won" | "lost" | "warning_closed" => "charge.dispute.closed",
                    _ => "charge.dispute.updated",
                };
                (kind, dispute.clone())
            }
        };
        self.emit_event(ink, kind, &dispute);
        Ok(())
    }
}
