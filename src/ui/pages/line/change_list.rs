//! What changes from a day on: the day, the list of the changes that were made, and the table of what one would bring.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use crate::{
    model::line::setting_changes::ChangeState,
    ui::{
        components::{Column, Notice, Table, TextField},
        format,
        texts::{Locale, t},
    },
};

/// The day from which on a change shall hold.
#[component]
pub(super) fn FromDay(today: NaiveDate) -> impl IntoView {
    view! {
        <TextField
            name="valid_from"
            label=t!("line-settings-from")
            hint=t!("line-settings-from-hint")
            kind="date"
            value=today.to_string()
        />
    }
}

/// A change that was made, in words.
pub(super) struct MadeChange {
    /// From when on.
    pub valid_from: DateTime<Utc>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom; by nobody when it was taken over from a table.
    pub made_by: Option<String>,
    /// Where it stands.
    pub state: ChangeState,
    /// What it set, and to what.
    pub what: Vec<(String, String)>,
    /// The form that withdraws it, as long as it is still to come.
    pub withdraw: Option<AnyView>,
}

/// What was and will be changed, the latest first.
#[component]
pub(super) fn ChangeList(changes: Vec<MadeChange>) -> impl IntoView {
    let locale = Locale::current();
    let list = changes
        .into_iter()
        .map(|change| {
            let what = change.what.into_iter().map(|(what, value)| view! { <li>{what}": "{value}</li> });
            let what = what.collect::<Vec<_>>();
            let state = match change.state {
                ChangeState::Coming => t!("line-settings-coming"),
                ChangeState::Made => t!("line-settings-made"),
                ChangeState::Withdrawn => t!("line-settings-withdrawn"),
            };
            let when = format::moment(locale, change.made_at);
            let by = match change.made_by {
                Some(name) => t!("line-settings-by", name = name, when = when),
                None => t!("line-settings-taken-over", when = when),
            };
            view! {
                <li>
                    <h3>{t!("line-settings-since", when = format::moment(locale, change.valid_from))}</h3>
                    <ul>{what}</ul>
                    <p class="field-hint">{state}" · "{by}</p>
                    {change.withdraw}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if list.is_empty() {
        view! { <p>{t!("line-settings-no-changes")}</p> }.into_any()
    } else {
        view! { <ul class="changes">{list}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="changes">
            <h2 id="changes">{t!("line-settings-history")}</h2>
            {list}
        </section>
    }
}

/// What a change would bring: what is called how, what it is until then, and what it would be.
#[component]
pub(super) fn ChangeTable(rows: Vec<(String, String, String)>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(what, old, new)| {
            view! {
                <tr>
                    <th scope="row">{what}</th>
                    <td data-label=t!("line-change-old")>{old}</td>
                    <td data-label=t!("line-change-new")>
                        <strong>{new}</strong>
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Table caption=t!("line-change-title") caption_hidden=true columns=vec![
            Column::text(t!("line-change-what")),
            Column::text(t!("line-change-old")),
            Column::text(t!("line-change-new")),
        ]>{rows}</Table>
    }
}

/// What is planned for later about the same, and takes its place then.
#[component]
pub(super) fn LaterChanges(from: Vec<DateTime<Utc>>) -> impl IntoView {
    let locale = Locale::current();
    let later = from
        .into_iter()
        .map(|from| view! { <li>{t!("line-change-later", when = format::moment(locale, from))}</li> })
        .collect::<Vec<_>>();
    (!later.is_empty()).then(|| {
        view! {
            <Notice title=t!("line-change-later-title")>
                <ul>{later}</ul>
            </Notice>
        }
    })
}
