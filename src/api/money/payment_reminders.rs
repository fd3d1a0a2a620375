//! Reminders of what is overdue: what they say, and when they are sent.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::seen::Seen,
    money::payment_reminders::{self as view, PaymentStage},
    problem::Problem,
};

access! {
    PaymentReminders: Manager,
    SavePaymentStage: Manager,
    SaveReceivableRule: Manager,
}

/// What `/sales/reminders` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/reminders", input = GetUrl)]
pub async fn payment_reminders(stage: Option<PaymentStage>) -> Result<view::RemindersPage, Problem> {
    use crate::server::{request, service::money::payment_reminders};
    let open = stage.unwrap_or(PaymentStage::Friendly);
    payment_reminders::page(&request::app()?, &request::caller()?.manager()?, open).await
}

/// Writes what a stage says in both languages, and when it begins.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "sales/save-reminder")]
pub async fn save_payment_stage(
    stage: PaymentStage,
    #[server(default)] days_after: String,
    #[server(default)] subject_cs: String,
    #[server(default)] subject_en: String,
    #[server(default)] text_cs: String,
    #[server(default)] text_en: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, money::payment_reminders::TypedStage, paths},
        server::{request, service::money::payment_reminders},
    };
    let subject = Bilingual { cs: subject_cs, en: subject_en };
    let typed = TypedStage { days_after, subject, text: Bilingual { cs: text_cs, en: text_en } };
    payment_reminders::save_stage(&request::app()?, &request::caller()?.manager()?, stage, &typed, &seen).await?;
    request::see_other(&format!("{}?stage={stage}", paths::SALES_REMINDERS))
}

/// Writes what follows from debts by itself.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "sales/save-receivable-rule")]
pub async fn save_receivable_rule(
    #[server(default)] block_after_days: String,
    #[server(default)] interest: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::payment_reminders},
    };
    let manager = request::caller()?.manager()?;
    payment_reminders::save_rule(&request::app()?, &manager, (&block_after_days, &interest), &seen).await?;
    request::see_other(paths::SALES_REMINDERS)
}
