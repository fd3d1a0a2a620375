//! Minutes and documents.

#![expect(unused_qualifications, reason = "utoipa writes the types of an address's parameters so")]

use axum::{
    Extension, Json,
    extract::{Query, State, rejection::QueryRejection},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    problems::Refusal,
    shapes::{WordsShape, asked, cursor, place},
};
use crate::{
    model::{
        base::ids::DocumentId,
        minutes::{pages::UsageRow, pools::Pool},
        money::tax_documents::{DocumentFilter, DocumentRow},
        paths,
    },
    server::{
        app::App,
        auth::Caller,
        service::{minutes::usage as minutes, money::tax_documents},
    },
};

/// What is left.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceShape {
    /// Minutes that nothing agreed needs.
    #[schema(example = 140)]
    free: u32,
    /// Minutes that agreed appointments will probably draw beyond all that is there.
    reserved_over: u32,
    /// Where the minutes are, in the order in which they are drawn.
    pools: Vec<PoolShape>,
}

/// Minutes of one origin.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pool)]
pub struct PoolShape {
    /// `contract`, `bundle`, `correction` or `apology`.
    #[schema(example = "contract")]
    kind: &'static str,
    /// How many are left.
    left: u32,
    /// Of those, how many agreed appointments will probably take.
    reserved: u32,
    /// When the rest ends; none where it never does.
    expires_at: Option<DateTime<Utc>>,
}

impl From<Pool> for PoolShape {
    fn from(pool: Pool) -> Self {
        Self { kind: pool.kind.code(), left: pool.left, reserved: pool.reserved, expires_at: pool.expires_at }
    }
}

/// Which minutes are left
///
/// By where they come from, and how many of them nothing agreed needs.
#[utoipa::path(get, operation_id = "get_balance", path = paths::API_BALANCE, tag = "billing", responses((status = 200, description = "What is left", body = BalanceShape)))]
pub async fn balance(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<BalanceShape>, Refusal> {
    let (pools, free, reserved_over) = minutes::balance(&app, &caller.may_see_billing()?).await?;
    Ok(Json(BalanceShape { free, reserved_over, pools: pools.into_iter().map(Into::into).collect() }))
}

/// Of which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UsageAsked {
    /// The first day.
    #[param(example = "2026-11-01")]
    from: NaiveDate,
    /// The last day.
    #[param(example = "2026-11-30")]
    to: NaiveDate,
    /// Where the list before ended.
    cursor: Option<String>,
}

/// An intervention.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Intervention)]
pub struct InterventionShape {
    /// Of which request.
    #[schema(example = "2026-000123")]
    number: String,
    /// When it began.
    started_at: DateTime<Utc>,
    /// The program.
    program: WordsShape,
    /// The kind of work.
    work_type: WordsShape,
    /// Billed minutes.
    minutes: u32,
    /// Of those, minutes beyond what was there.
    over_minutes: u32,
    /// What those cost, in haléře without VAT.
    over_price: i64,
}

impl From<UsageRow> for InterventionShape {
    fn from(row: UsageRow) -> Self {
        Self {
            number: row.intervention.number.to_string(),
            started_at: row.started_at,
            program: row.program.into(),
            work_type: row.work_type.into(),
            minutes: row.minutes,
            over_minutes: row.over_minutes,
            over_price: row.amount.haler(),
        }
    }
}

/// Some of many.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Usage)]
pub struct UsageShape {
    /// The newest first.
    interventions: Vec<InterventionShape>,
    /// Ask with it for those before them; none at the end.
    next: Option<String>,
}

/// What minutes were used for
///
/// Closed work that began on these days.
#[utoipa::path(get, operation_id = "list_usage", path = paths::API_USAGE, tag = "billing", params(UsageAsked), responses((status = 200, description = "Some of it", body = UsageShape)))]
pub async fn usage(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    query: Result<Query<UsageAsked>, QueryRejection>,
) -> Result<Json<UsageShape>, Refusal> {
    let viewer = caller.may_see_billing()?;
    let UsageAsked { from, to, cursor: before } = asked(query)?;
    let found = minutes::between(&app, &viewer, (from, to), place(before)?).await?;
    Ok(Json(UsageShape {
        interventions: found.rows.into_iter().map(Into::into).collect(),
        next: found.next.map(|last| cursor(&last.to_string())),
    }))
}

/// Where the list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DocumentsAsked {
    /// Where the list before ended.
    cursor: Option<String>,
}

/// A document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Document)]
pub struct DocumentShape {
    /// Its number.
    #[schema(example = "2026100017")]
    number: String,
    /// `proforma`, `payment`, `invoice` or `credit_note`.
    #[schema(example = "invoice")]
    kind: &'static str,
    /// The day on which it was issued.
    issued_on: NaiveDate,
    /// What it comes to, in haléře with VAT.
    total: i64,
    /// Until when it is to be paid.
    due_on: Option<NaiveDate>,
    /// `none`, `due`, `overdue`, `paid` or `void`.
    #[schema(example = "paid")]
    settlement: &'static str,
    /// Where people read it as PDF.
    page: String,
}

/// Some of many.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Documents)]
pub struct DocumentsShape {
    /// The newest first.
    documents: Vec<DocumentShape>,
    /// Ask with it for those before them; none at the end.
    next: Option<String>,
}

/// Documents
///
/// Tax documents and requests for payment, with how it stands with their payment.
#[utoipa::path(get, operation_id = "list_documents", path = paths::API_DOCUMENTS, tag = "billing", params(DocumentsAsked), responses((status = 200, description = "Some of them", body = DocumentsShape)))]
pub async fn documents(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    query: Result<Query<DocumentsAsked>, QueryRejection>,
) -> Result<Json<DocumentsShape>, Refusal> {
    let viewer = caller.may_see_billing()?;
    let DocumentsAsked { cursor: before } = asked(query)?;
    let before = place::<DocumentId>(before)?;
    let found = tax_documents::list(&app, &viewer, DocumentFilter::default(), before).await?.documents.page;
    let shape = |row: DocumentRow| DocumentShape {
        kind: row.kind.code(),
        issued_on: row.issued_on,
        total: row.total.haler(),
        due_on: row.due_on,
        settlement: row.settlement.code(),
        page: app.mail.link(&paths::document_pdf(&row.number)),
        number: row.number,
    };
    Ok(Json(DocumentsShape {
        documents: found.rows.into_iter().map(shape).collect(),
        next: found.next.map(|last| cursor(&last.to_string())),
    }))
}
