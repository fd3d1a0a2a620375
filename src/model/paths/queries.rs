//! Addresses that say more than the name of one thing: by their query, or by what decides which page is meant.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    ADDRESS, BOARD, CALENDAR_FEED, FROM_PROGRAM, INTAKE, LINE_CHANGE, LINE_SETTINGS, LIVE, ORDER, PASSWORD,
    PRICE_CHANGE, PRICE_SETTINGS, RATING, READINESS, REGISTER, REGISTRATION, SETTINGS_SERIES, SETTINGS_VAT, SIGN_IN,
    SIGN_IN_CODE, SIGN_IN_LINK, SUBSCRIPTION, customer, customer_merge, desk_act, draft_confirm, draft_time,
    draft_what, outage_end, purchase, purchase_form, region, region_change, request, tier, tier_change, work_type,
    work_type_change,
};
use crate::model::{
    base::{
        ids::{BundleId, CustomerId, RequestId, StaffId},
        money::VatRate,
        numbers::RequestNumber,
        site_path::SitePath,
    },
    line::{
        catalogue_changes::{CatalogueRow, CatalogueTerms},
        setting_changes::{SettingValues, SettingsPage},
    },
    money::series::SetPattern,
    ordering::{drafts::DraftStep, live::LiveView, slot_offers::box_of},
    problem::MovedOn,
    work::{cases::CaseAct, chosen::ChosenAct},
};

/// The link that opens a registration. Its secret stands in the query, which is in no log.
#[must_use]
pub fn registration(token: &str) -> String {
    format!("{REGISTRATION}?token={token}")
}

/// The link by which a password is chosen. Its secret stands in the query, which is in no log.
#[must_use]
pub fn password(token: &str) -> String {
    format!("{PASSWORD}?token={token}")
}

/// Where one signs in by a link.
#[must_use]
pub fn sign_in_link(token: &str) -> String {
    format!("{SIGN_IN_LINK}?token={token}")
}

/// The same for whoever comes in to buy a bundle, which is next.
#[must_use]
pub fn password_before(token: &str, bundle: Option<BundleId>) -> String {
    let next = bundle.map(|bundle| format!("&next={}", purchase_form(bundle)));
    password(token) + next.as_deref().unwrap_or_default()
}

/// What merging one customer into another means.
#[must_use]
pub fn customer_merge_into(from: CustomerId, into: CustomerId) -> String {
    format!("{}?into={into}", customer_merge(from))
}

/// Where somebody signs in to go on to a page.
#[must_use]
pub fn sign_in_before(next: &SitePath) -> String {
    format!("{SIGN_IN}?next={}", encoded(next.as_str()))
}

/// Registering to buy a bundle.
#[must_use]
pub fn register_for(bundle: BundleId) -> String {
    format!("{REGISTER}?bundle={bundle}")
}

fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let spelled = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(spelled).collect()
}

/// Where whoever signs in gives the second factor, to go on to what was wanted.
#[must_use]
pub fn sign_in_code(next: Option<&SitePath>) -> String {
    next.map_or_else(|| SIGN_IN_CODE.to_owned(), |next| format!("{SIGN_IN_CODE}?next={}", encoded(next.as_str())))
}

/// The link by which somebody says what the work was like. Its secret stands in the query, which is in no log.
#[must_use]
pub fn rating(link: Uuid, secret: &str) -> String {
    format!("{RATING}?link={link}&token={secret}")
}

/// From where somebody's calendar reads agreed times. Its secret stands in the query, which is in no log.
#[must_use]
pub fn calendar_feed(token: &str) -> String {
    format!("{CALENDAR_FEED}?token={token}")
}

/// The link by which somebody says that everything is ready. Its secret stands in the query, which is in no log.
#[must_use]
pub fn readiness(link: Uuid, secret: &str) -> String {
    format!("{READINESS}?link={link}&token={secret}")
}

/// Where a mailbox agrees to another address.
#[must_use]
pub fn address(token: &str) -> String {
    format!("{ADDRESS}?token={token}")
}

/// Where a page hears that what it shows has changed.
#[must_use]
pub fn live(view: LiveView) -> String {
    format!("{LIVE}?on={view}")
}

/// What a coming rate of VAT would change.
#[must_use]
pub fn vat_preview(vat_from: NaiveDate, rate: VatRate) -> String {
    format!("{SETTINGS_VAT}?vat_from={vat_from}&percent={rate}")
}

/// What a pattern of numbers would give.
#[must_use]
pub fn pattern_preview(set: &SetPattern) -> String {
    let SetPattern { kind, from, pattern } = set;
    // Of what stands in a pattern, braces alone mean something else in an address.
    let pattern = pattern.to_string().replace('{', "%7B").replace('}', "%7D");
    format!("{SETTINGS_SERIES}?series_kind={kind}&pattern={pattern}&pattern_from={from}")
}

/// The page on which settings of the line stand.
#[must_use]
pub const fn line_settings(page: SettingsPage) -> &'static str {
    match page {
        SettingsPage::Line => LINE_SETTINGS,
        SettingsPage::Prices => PRICE_SETTINGS,
    }
}

/// What a change of the line would bring from a day on. The values are codes and numbers, which need no encoding.
#[must_use]
pub fn line_change(page: SettingsPage, from: NaiveDate, change: &SettingValues) -> String {
    let path = match page {
        SettingsPage::Line => LINE_CHANGE,
        SettingsPage::Prices => PRICE_CHANGE,
    };
    format!("{path}?from={from}&change={change}")
}

/// The card of a customer of whom somebody calls from a telephone. Digits and a plus need no encoding but that.
#[must_use]
pub fn intake_of(customer: CustomerId, phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let plus = if phone.trim_start().starts_with('+') { "%2B" } else { "" };
    format!("{INTAKE}?customer={customer}&phone={plus}{digits}")
}

/// The page of a row of the catalogue.
#[must_use]
pub fn catalogue_row(row: &CatalogueRow) -> String {
    match row {
        CatalogueRow::WorkType(id) => work_type(*id),
        CatalogueRow::Tier(code) => tier(code),
        CatalogueRow::Region(id) => region(*id),
    }
}

/// What a change of a row of the catalogue would bring from a day on. Terms are written so that they need no encoding.
#[must_use]
pub fn catalogue_change(row: &CatalogueRow, from: NaiveDate, change: &CatalogueTerms) -> String {
    let path = match row {
        CatalogueRow::WorkType(id) => work_type_change(*id),
        CatalogueRow::Tier(code) => tier_change(code),
        CatalogueRow::Region(id) => region_change(*id),
    };
    format!("{path}?from={from}&change={change}")
}

/// The page of a screen of a draft.
#[must_use]
pub fn draft_step(id: RequestId, step: DraftStep) -> String {
    match step {
        DraftStep::What => draft_what(id),
        DraftStep::Time => draft_time(id),
        DraftStep::Confirm => draft_confirm(id),
    }
}

/// Where an order goes on that a program's link has opened.
#[must_use]
pub fn program_link(order: RequestId) -> String {
    format!("{FROM_PROGRAM}?order={order}")
}

/// The beginning of an order that will be the draft `id`.
#[must_use]
pub fn new_order(id: RequestId) -> String {
    format!("{ORDER}?draft={id}")
}

/// Where something goes on that has moved on.
#[must_use]
pub fn moved_on(to: MovedOn) -> String {
    match to {
        MovedOn::Request(number) => request(number),
        MovedOn::Purchase(number) => purchase(number),
        MovedOn::Draft { id, step } => draft_step(id, step),
        MovedOn::NewOrder => ORDER.to_owned(),
        MovedOn::OrderBegun(id) => new_order(id),
        MovedOn::Meaning { number, chosen } => desk_chosen(number, chosen),
        MovedOn::EndOfOutage(outage) => outage_end(outage),
        MovedOn::Customer(into) => customer(into),
        MovedOn::Subscription => SUBSCRIPTION.to_owned(),
    }
}

/// The board of a day.
#[must_use]
pub fn board(date: NaiveDate) -> String {
    format!("{BOARD}?date={date}")
}

/// Where the desk sees what agreeing a time means, and confirms it; without a technician, with anybody who is free.
#[must_use]
pub fn desk_time(number: RequestNumber, start: DateTime<Utc>, technician: Option<StaffId>) -> String {
    let technician = technician.map(|technician| format!("&technician={technician}")).unwrap_or_default();
    format!("{}?start={}{technician}", desk_act(number, CaseAct::Time), box_of(start))
}

/// Where the desk sees what anything means that it has chosen, and confirms it.
#[must_use]
pub fn desk_chosen(number: RequestNumber, chosen: ChosenAct) -> String {
    let page = desk_act(number, chosen.act());
    match chosen {
        ChosenAct::Offer { starts } => format!("{page}?offer={starts}"),
        ChosenAct::Time { start, technician } => desk_time(number, start, technician),
        ChosenAct::Reassign { technician } => format!("{page}?technician={technician}"),
        ChosenAct::Reclassify { work_type, urgency } => {
            format!("{page}?work_type={work_type}&urgency={}", urgency.code())
        }
        ChosenAct::Merge { into } => format!("{page}?into={into}"),
        ChosenAct::Cancel => page,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ALL, values},
        DraftStep, RequestId, Uuid, draft_step,
    };

    #[test]
    fn every_step_of_a_draft_has_a_page_of_its_own() {
        let id = RequestId(Uuid::nil());
        for step in DraftStep::ALL {
            let path = draft_step(id, step);
            assert_eq!(ALL.iter().filter(|pattern| values(pattern, &path).is_some()).count(), 1, "{path}");
        }
    }
}
