//! What a vendor sets before the first order can come: which of it is missing (design, First run).

use serde::{Deserialize, Serialize};

use crate::model::{base::codes::coded_enum, paths};

coded_enum! {
    /// Something that a vendor sets.
    pub enum SetupItem {
        /// Who sells, as documents say it.
        Company = "company",
        /// The account to which customers pay.
        BankAccount = "bank_account",
        /// The rates of VAT.
        Vat = "vat",
        /// Where the numbers of documents begin.
        Series = "series",
        /// The price of a minute.
        Prices = "prices",
        /// Minutes that are sold in advance.
        Bundles = "bundles",
        /// Payments by card.
        Cards = "cards",
        /// The line's hours.
        Hours = "hours",
        /// Regions and the numbers to call.
        Regions = "regions",
        /// Days on which the line is closed.
        Closures = "closures",
        /// When technicians are at work.
        Plans = "plans",
        /// Response tiers.
        Tiers = "tiers",
        /// What the vendor sells.
        Programs = "programs",
        /// What can be ordered.
        WorkTypes = "work_types",
        /// Who works here.
        People = "people",
        /// How mails leave.
        Mail = "mail",
        /// Where the portal is reached.
        Address = "address",
        /// What one customer may have of what everybody shares.
        Limits = "limits",
        /// What stands on top of all pages.
        Notice = "notice",
        /// What the vendor says on the public page.
        PublicText = "public_text",
        /// What the vendor's own web sites show of the line.
        Embed = "embed",
    }
}

impl SetupItem {
    /// Where it is set: the one table of the pages of settings.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Company | Self::BankAccount => paths::SETTINGS_COMPANY,
            Self::Vat => paths::SETTINGS_VAT,
            Self::Series => paths::SETTINGS_SERIES,
            Self::Prices => paths::PRICE_SETTINGS,
            Self::Bundles => paths::BUNDLE_SETTINGS,
            Self::Hours => paths::LINE_SETTINGS,
            Self::Regions => paths::REGIONS,
            Self::Closures => paths::CLOSURES,
            Self::Plans => paths::PLANS,
            Self::Tiers => paths::TIERS,
            Self::Programs => paths::PROGRAMS,
            Self::WorkTypes => paths::WORK_TYPES,
            Self::People => paths::STAFF,
            Self::Cards | Self::Mail | Self::Address => paths::SETTINGS_CONNECTIONS,
            Self::Limits => paths::SETTINGS_LIMITS,
            Self::Notice => paths::SETTINGS_NOTICE,
            Self::PublicText => paths::SETTINGS_TEXT,
            Self::Embed => paths::SETTINGS_EMBED,
        }
    }
}

/// How it stands with something that is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SetupState {
    /// Orders cannot be taken, or not rightly, without it.
    Missing,
    /// It is set.
    Done,
    /// One can do without it.
    Optional,
}

coded_enum! {
    /// How the address of the portal serves.
    pub enum SiteAddress {
        /// It is reached from anywhere, and by https.
        Public = "public",
        /// Passwords go over the net for all to read.
        Insecure = "insecure",
        /// It is reached from its own machine only.
        Loopback = "loopback",
    }
}

impl SiteAddress {
    /// How an address serves, such as `https://linka.example.com`.
    #[must_use]
    pub fn of(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let authority = rest.split('/').next().unwrap_or_default();
        // The port is behind the last colon that is not within the brackets of an address of IPv6.
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        };
        let host = host.trim_matches(['[', ']']);
        let is_own = |ip: std::net::IpAddr| ip.to_canonical().is_loopback() || ip.is_unspecified();
        if host == "localhost" || host.ends_with(".localhost") || host.parse().is_ok_and(is_own) {
            Self::Loopback
        } else if scheme == "https" {
            Self::Public
        } else {
            Self::Insecure
        }
    }
}

/// What is stored of what a vendor sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoredFacts {
    /// Whether somebody has confirmed who sells, the account included.
    pub is_supplier_confirmed: bool,
    /// Whether there is a rate of VAT for today.
    pub has_vat: bool,
    /// Whether a series of documents was begun, or told where to begin.
    pub has_series: bool,
    /// Whether a minute costs something.
    pub has_price: bool,
    /// How many bundles are on sale.
    pub bundles: u32,
    /// How many regions there are.
    pub regions: u32,
    /// How many closures are ahead.
    pub closures: u32,
    /// How many response tiers there are.
    pub tiers: u32,
    /// How many programs there are.
    pub programs: u32,
    /// How many kinds of work there are.
    pub work_types: u32,
    /// How many kinds of work no technician has the skill for.
    pub work_types_for_nobody: u32,
    /// How many technicians work here.
    pub technicians: u32,
    /// How many of them have no plan, so that nothing is offered of their time.
    pub technicians_without_plan: u32,
    /// Whether a notice stands on the pages, or will.
    pub has_notice: bool,
    /// Whether the public page says something in the vendor's own words.
    pub has_public_text: bool,
    /// Whether the vendor's own web sites show anything of the line.
    pub is_embedded: bool,
}

/// How the process was started, as far as it can be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningFacts {
    /// Whether mails can leave.
    pub sends_mail: bool,
    /// Whether cards are taken.
    pub takes_cards: bool,
    /// How its address serves.
    pub address: SiteAddress,
    /// Whether it is the demo, which is looked at on one's own machine.
    pub is_demo: bool,
}

/// How it stands with one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupRow {
    /// What is set.
    pub item: SetupItem,
    /// How it stands.
    pub state: SetupState,
}

/// How it stands with everything that a vendor sets, in the order of [`SetupItem`].
#[must_use]
pub fn checklist(stored: &StoredFacts, running: &RunningFacts) -> Vec<SetupRow> {
    SetupItem::ALL.iter().map(|&item| SetupRow { item, state: state_of(item, stored, running) }).collect()
}

/// How many items are missing.
#[must_use]
pub fn missing(rows: &[SetupRow]) -> usize {
    rows.iter().filter(|row| row.state == SetupState::Missing).count()
}

fn state_of(item: SetupItem, stored: &StoredFacts, running: &RunningFacts) -> SetupState {
    let needed = |is: bool| if is { SetupState::Done } else { SetupState::Missing };
    let useful = |is: bool| if is { SetupState::Done } else { SetupState::Optional };
    match item {
        SetupItem::Company | SetupItem::BankAccount => needed(stored.is_supplier_confirmed),
        SetupItem::Vat => needed(stored.has_vat),
        SetupItem::Series => useful(stored.has_series),
        SetupItem::Prices => needed(stored.has_price),
        SetupItem::Bundles => useful(stored.bundles > 0),
        SetupItem::Cards => useful(running.takes_cards),
        // They always stand in a row of their own, within bounds.
        SetupItem::Hours | SetupItem::Limits => SetupState::Done,
        SetupItem::Regions => needed(stored.regions > 0),
        SetupItem::Closures => useful(stored.closures > 0),
        SetupItem::Plans => needed(stored.technicians > stored.technicians_without_plan),
        SetupItem::Tiers => needed(stored.tiers > 0),
        SetupItem::Programs => needed(stored.programs > 0),
        SetupItem::WorkTypes => needed(stored.work_types > 0),
        SetupItem::People => needed(stored.technicians > 0 && stored.work_types_for_nobody == 0),
        SetupItem::Mail => needed(running.sends_mail),
        SetupItem::Address if running.is_demo => useful(running.address == SiteAddress::Public),
        SetupItem::Address => needed(running.address == SiteAddress::Public),
        SetupItem::Notice => useful(stored.has_notice),
        SetupItem::PublicText => useful(stored.has_public_text),
        SetupItem::Embed => useful(stored.is_embedded),
    }
}

/// What `/settings` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupPage {
    /// How it stands with everything.
    pub rows: Vec<SetupRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: StoredFacts = StoredFacts {
        is_supplier_confirmed: true,
        has_vat: true,
        has_series: false,
        has_price: true,
        bundles: 0,
        regions: 1,
        closures: 0,
        tiers: 1,
        programs: 1,
        work_types: 1,
        work_types_for_nobody: 0,
        technicians: 1,
        technicians_without_plan: 0,
        has_notice: false,
        has_public_text: false,
        is_embedded: false,
    };
    const RUNNING: RunningFacts =
        RunningFacts { sends_mail: true, takes_cards: false, address: SiteAddress::Public, is_demo: false };

    fn missing_items(stored: &StoredFacts, running: &RunningFacts) -> Vec<SetupItem> {
        let rows = checklist(stored, running);
        let missing_rows = rows.iter().filter(|row| row.state == SetupState::Missing).map(|row| row.item);
        let items: Vec<_> = missing_rows.collect();
        assert_eq!(items.len(), missing(&rows));
        items
    }

    #[test]
    fn nothing_is_missing_of_a_line_that_can_take_orders() {
        assert_eq!(missing_items(&READY, &RUNNING), []);
    }

    #[test]
    fn an_empty_installation_is_told_everything_without_which_no_order_comes() {
        let running = RunningFacts { sends_mail: false, address: SiteAddress::Loopback, ..RUNNING };
        use SetupItem::{
            Address, BankAccount, Company, Mail, People, Plans, Prices, Programs, Regions, Tiers, Vat, WorkTypes,
        };
        let expected =
            [Company, BankAccount, Vat, Prices, Regions, Plans, Tiers, Programs, WorkTypes, People, Mail, Address];
        assert_eq!(missing_items(&StoredFacts::default(), &running), expected);
    }

    #[test]
    fn each_fact_by_itself_is_missed() {
        use SetupItem::{People, Plans, Programs, Regions};
        for (stored, item) in [
            (StoredFacts { technicians_without_plan: 1, ..READY }, Plans),
            (StoredFacts { work_types_for_nobody: 1, ..READY }, People),
            (StoredFacts { programs: 0, ..READY }, Programs),
            (StoredFacts { regions: 0, ..READY }, Regions),
        ] {
            assert_eq!(missing_items(&stored, &RUNNING), [item]);
        }
        let at_home = RunningFacts { address: SiteAddress::Loopback, ..RUNNING };
        assert_eq!(missing_items(&READY, &at_home), [SetupItem::Address]);
        assert_eq!(missing_items(&READY, &RunningFacts { is_demo: true, ..at_home }), [], "a demo is looked at there");
    }

    #[test]
    fn an_address_serves_if_others_reach_it_safely() {
        use SiteAddress::{Insecure, Loopback, Public};
        for (url, address) in [
            ("https://linka.example.com", Public),
            ("https://linka.example.com:8443", Public),
            ("http://linka.example.com", Insecure),
            ("http://192.168.1.5:3000", Insecure),
            ("http://127.0.0.1:3000", Loopback),
            ("https://127.0.0.1", Loopback),
            ("http://localhost:3000", Loopback),
            ("http://[::1]:3000", Loopback),
            ("http://[::1]", Loopback),
            ("http://0.0.0.0:3000", Loopback),
        ] {
            assert_eq!(SiteAddress::of(url), address, "{url}");
        }
    }
}
