//! What is owed past its due day, as a table.

use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::documents::{Asking, Download, Kind, Refusal};
use crate::{
    model::{base::calendar::to_local, money::receivables::Age},
    server::{documents::receivables_csv, service::money::receivables},
    ui::texts::t,
};

#[derive(Deserialize)]
pub struct AgeAsked {
    /// Only who owes something of this age.
    age: Option<Age>,
}

/// All who owe, or those of `?age=to_30`.
pub async fn table(
    (State(app), Extension(caller), Extension(locale)): Asking,
    asked: Result<Query<AgeAsked>, QueryRejection>,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let Query(AgeAsked { age }) = asked?;
    let content = receivables_csv(locale, receivables::all(&app, &manager, age).await?).await?;
    let day = to_local(app.clock.now()).date().to_string();
    Ok(Download::new(locale, |locale| t!(locale => "file-receivables", day = day.as_str()), Kind::Csv, content))
}
