//! Urgent or normal, and what the tiers promise.

use leptos::prelude::*;

use crate::{
    model::{
        base::bilingual::Bilingual,
        line::{settings::LineSettings, tiers::ResponseTier},
    },
    ui::{
        components::{Column, Icon, Symbol, Table},
        format,
        texts::{Locale, named, t},
    },
};

/// What is urgent, what is not, and how soon somebody comes.
#[component]
pub(super) fn UrgentOrNormal(
    tiers: Vec<ResponseTier>,
    /// The kinds of work of this vendor that can be planned ahead.
    planned: Vec<Bilingual>,
    settings: LineSettings,
) -> impl IntoView {
    let locale = Locale::current();
    let planned = planned.iter().map(named).collect::<Vec<_>>().join(", ");
    let planned = (!planned.is_empty()).then(|| view! { <p>{t!("urgency-planned", planned = planned)}</p> });
    let day = working_day_minutes(&settings);
    let rows = tiers
        .into_iter()
        .map(|tier| {
            view! {
                <tr>
                    <th scope="row">{named(&tier.name)}</th>
                    <td data-label=t!("tiers-urgent")>{format::working_time(locale, tier.urgent_target_minutes, day)}</td>
                    <td data-label=t!("tiers-normal")>{format::working_time(locale, tier.normal_lead_minutes, day)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="section" aria-labelledby="urgency">
            <h2 id="urgency">{t!("urgency-title")}</h2>
            <div class="two">
                <div class="tile tile-urgent">
                    <h3><Icon symbol=Symbol::Warning/>{t!("urgency-urgent-title")}</h3>
                    <p>{t!("urgency-urgent-note")}</p>
                </div>
                <div class="tile">
                    <h3><Icon symbol=Symbol::Calendar/>{t!("urgency-normal-title")}</h3>
                    <p>{t!("urgency-normal-note")}</p>
                    {planned}
                </div>
            </div>
            <Table
                caption=t!("tiers-caption")
                columns=vec![
                    Column::text(t!("tiers-name")),
                    Column::text(t!("tiers-urgent")),
                    Column::text(t!("tiers-normal")),
                ]
            >
                {rows}
            </Table>
            <p class="aside">{t!("tiers-note", opens = format::time(locale, settings.opens))}</p>
        </section>
    }
}

/// The length of a working day in minutes: by it long lead times are told in days.
fn working_day_minutes(settings: &LineSettings) -> u32 {
    u32::try_from((settings.closes - settings.opens).num_minutes()).unwrap_or(0)
}
