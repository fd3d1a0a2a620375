//! What is owed past its due day, as a table.

use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::documents::{CSV, Download, Refusal};
use crate::{
    model::{base::calendar::to_local, money::receivables::Age},
    server::{app::App, auth::Caller, documents::receivables_csv, service::money::receivables},
    ui::texts::{Locale, t},
};

#[derive(Deserialize)]
pub struct AgeAsked {
    /// Only who owes something of this age.
    age: Option<Age>,
}

/// All who owe, or those of `?age=to_30`.
pub async fn table(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    asked: Result<Query<AgeAsked>, QueryRejection>,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let Query(AgeAsked { age }) = asked?;
    let rows = receivables::all(&app, &manager, age).await?;
    let day = to_local(app.clock.now()).date().to_string();
    let name = |locale| t!(locale => "file-receivables", day = day.as_str()) + ".csv";
    Ok(Download {
        name: name(locale),
        plain_name: name(Locale::En),
        content_type: CSV,
        content: receivables_csv(locale, rows).await?,
    })
}
