//! What cannot be taken of a row: beside what is known of its key, and after what the database says of it.

use chrono::NaiveDate;

use crate::{
    model::ordering::imports::{ImportFault, ImportKind, Row},
    server::db::ordering::imports::Refusal,
};

/// What is wrong with a row that is not known.
///
/// * `is_settled` – what it would add to has a history that an import does not write
pub(super) fn fault_of_new<R: Row>(row: &R, today: NaiveDate, is_settled: bool) -> Option<(&'static str, ImportFault)> {
    let settled = match R::KIND {
        ImportKind::Contracts if is_settled => Some("since"),
        // Who was erased is nobody for good, also where the key was erased with the rest.
        ImportKind::People if is_settled => Some("key"),
        _ => None,
    };
    settled.map(|column| (column, ImportFault::CannotChange)).or_else(|| row.fault_on(today, None))
}

/// The column in which two rows of a key differ though it cannot be changed, if there is one.
pub(super) fn unchangeable<R: Row>(known: &R, row: &R, is_settled: bool) -> Option<&'static str> {
    let columns: &[&str] = match R::KIND {
        // Minutes that were credited are in the ledger.
        ImportKind::Balances => return Some("key"),
        // Work was done and minutes were credited by these terms, or somebody has agreed on others: an amendment changes them.
        ImportKind::Contracts if is_settled => &[
            "customer",
            "tier",
            "from",
            "until",
            "minutes_per_period",
            "period",
            "rollover",
            "rate",
            "urgent_rate",
            "minimum",
            "ceiling",
            "fee",
            "fee_period",
            "fee_day",
        ],
        ImportKind::Prices if is_settled => &["rate", "minimum_with_contract", "minimum_one_off"],
        ImportKind::Bundles if is_settled => &["minutes", "price", "validity_months"],
        // What came for it was matched with it as it is.
        ImportKind::Invoices if is_settled => &["customer", "variable_symbol", "total", "paid"],
        // Who was erased is nobody for good.
        ImportKind::People if is_settled => {
            &["customer", "name", "phone", "email", "capabilities", "contact_roles", "active"]
        }
        // What has a history of its own stays whose it is.
        ImportKind::People | ImportKind::Contracts => &["customer"],
        // Who leaves hands appointments over, in the portal.
        ImportKind::Technicians => &["active", "leaves_on"],
        // What was signed says what it says.
        ImportKind::ContractFiles => &["name", "added"],
        _ => &[],
    };
    let (known, row) = (known.write(), row.write());
    let differs = |name: &str| {
        let place = R::COLUMNS.iter().position(|column| column.name == name);
        place.is_some_and(|place| known.get(place) != row.get(place))
    };
    let lost_address = || {
        let place = R::COLUMNS.iter().position(|column| column.name == "email")?;
        let is_lost = row.get(place).is_some_and(String::is_empty) && known.get(place) != row.get(place);
        is_lost.then_some("email")
    };
    columns.iter().find(|name| differs(name)).copied().or_else(lost_address)
}

/// Where the fault is that made the database refuse a row.
pub(super) fn fault<R: Row>(refusal: Refusal) -> (&'static str, ImportFault) {
    let own = match R::KIND {
        ImportKind::Regions | ImportKind::Tiers | ImportKind::Programs | ImportKind::WorkTypes => "name",
        ImportKind::Customers => "ico",
        ImportKind::People | ImportKind::Technicians => "email",
        ImportKind::Contracts | ImportKind::Invoices => "number",
        ImportKind::Series => "next",
        ImportKind::Prices => "from",
        ImportKind::Skills | ImportKind::Bundles | ImportKind::Balances | ImportKind::Appointments => "key",
        ImportKind::Contacts | ImportKind::Licences | ImportKind::Standings => "customer",
        ImportKind::Plans => "technician",
        ImportKind::Absences => "start",
        ImportKind::Closures => "day",
        ImportKind::Computers => "teamviewer_id",
        ImportKind::ComputerPrograms | ImportKind::ProgramVersions => "program",
        ImportKind::ContractFiles => "file",
    };
    match (refusal, R::KIND) {
        (Refusal::Used, ImportKind::Appointments) => ("number", ImportFault::AlreadyUsed),
        (Refusal::Used, _) => (own, ImportFault::AlreadyUsed),
        (Refusal::ErasedNumberUsed, _) => ("name", ImportFault::AlreadyUsed),
        (Refusal::Overlaps, ImportKind::Balances) => ("from", ImportFault::Credited),
        (Refusal::Overlaps, ImportKind::Bundles) => ("from", ImportFault::CannotChange),
        (Refusal::Overlaps, ImportKind::Appointments) => ("start", ImportFault::Taken),
        (Refusal::Overlaps, _) => ("from", ImportFault::OverlapsAnother),
        (Refusal::Nowhere, ImportKind::Customers) => ("region", ImportFault::UnknownKey),
        (Refusal::Nowhere, ImportKind::Contracts) => ("tier", ImportFault::UnknownWord),
        (Refusal::LeftOut, ImportKind::Appointments) => ("technician", ImportFault::Taken),
        (Refusal::LeftOut, ImportKind::Plans) => ("until", ImportFault::GoneByThen),
        (Refusal::LeftOut, ImportKind::Absences) => ("end", ImportFault::GoneByThen),
        (Refusal::LeftOut, ImportKind::Contracts) => ("key", ImportFault::UnknownKey),
        (Refusal::Nowhere, _) => (own, ImportFault::UnknownKey),
        (Refusal::Broken, ImportKind::Series) => (own, ImportFault::Issued),
        // Of two regions with one code nobody could say which is a customer's; and whoever has no contract has the basic tier.
        (Refusal::Broken, ImportKind::Regions) => ("postal_prefixes", ImportFault::AlreadyUsed),
        (Refusal::Broken, ImportKind::Tiers) => ("active", ImportFault::CannotChange),
        (Refusal::Broken | Refusal::LeftOut, _) => (own, ImportFault::Refused),
    }
}
