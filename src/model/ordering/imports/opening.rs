//! Rows of what a vendor goes on from: numbers, prices, minutes that are sold in advance, and what customers owe.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    ImportFault, ImportKind,
    cells::{Cell, Crowns, Key, Line, Paid, SeriesName, Symbol, Total, Whole},
    columns::{Column, Header},
    rows::{Reference, Row, Rules, read_cell, refer, rows},
};
use crate::model::{line::setting_changes::LineSetting, minutes::recurrence::Recurrence};

/// How far ahead prices are planned, in days.
const PLANNED_DAYS: i64 = 730;

rows! {
    /// Where a series of numbers goes on.
    pub struct Series: Series, "Where numbers go on. A series of documents goes on as long as none of its numbers is taken, those of requests and \
        purchases from any number that is not." {
        /// Which series.
        series: SeriesName = "rada",
        /// Of which year, the next one at most.
        year: Whole<2000, 9999> = "rok",
        /// Which comes next in it, counted from 1.
        next: Whole<1, 90_000> = "dalsi",
    }

    /// What the line costs from a day on.
    pub struct Price: Prices, "What the line costs from which day on. Of the days that have come only the latest counts, and only until a price is set; \
        then it is changed from a day to come." {
        /// From which day on.
        from: NaiveDate = "od",
        /// A minute for whoever has neither a contract nor minutes left.
        rate: Crowns = "sazba",
        /// How many minutes an intervention costs at least with a contract or minutes left.
        minimum_with_contract: Whole<0, 240> = "minimum_se_smlouvou",
        /// The same without them.
        minimum_one_off: Whole<0, 240> = "minimum_jednorazove",
    }

    /// Minutes that are sold in advance.
    pub struct SoldBundle: Bundles, "Minutes that are sold in advance, in the order of the shop. Another line of the same key says from which day on it \
        is sold otherwise. One that is there already with the same terms is taken for the same." {
        /// By what it is known, together with its first day.
        key: Key = "klic",
        /// How many minutes.
        minutes: Whole<1, 100_000> = "minut",
        /// The price of all of them.
        price: Crowns = "cena",
        /// How many months they can be drawn after the payment.
        validity_months: Whole<1, 120> = "platnost_mesicu",
        /// When they come again: once never, month each month, quarter each quarter; month_rolls and quarter_rolls the same, and unused minutes carry over one period.
        comes: Recurrence = "chodi",
        /// From which day on it is sold so.
        from: NaiveDate = "od",
        /// The last day; empty while no end is planned, or where another line of the key follows.
        until: Option<NaiveDate> = "do",
    }

    /// An invoice that is open.
    pub struct OpenInvoice: Invoices, "What customers owe from before Linka, known by the number of its invoice. These are no documents of ours: they \
        are shown to the customer until they are paid, and payments of the bank are matched with them." {
        /// Its number.
        number: Line<40> = "cislo",
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// By which its payment is known.
        variable_symbol: Symbol = "variabilni_symbol",
        /// When it was issued.
        issued: NaiveDate = "vystaveno",
        /// Until when it is to be paid.
        due: NaiveDate = "splatnost",
        /// What it asks for.
        total: Total = "celkem",
        /// What of it was paid before it is taken over.
        paid: Paid = "uhrazeno",
    }
}

/// Whether a day is too far ahead for a price.
fn is_far(day: NaiveDate, today: NaiveDate) -> bool {
    (day - today).num_days() > PLANNED_DAYS
}

impl Rules for Series {
    fn key(&self) -> String {
        format!("{}\n{}", self.series.0, self.year.0)
    }

    fn fault_on(&self, today: NaiveDate, _known: Option<&Self>) -> Option<(&'static str, ImportFault)> {
        // Of a year that is over nothing is numbered any more: whatever is said of it does no harm.
        let is_far = i64::from(self.year.0) > i64::from(today.year()) + 1;
        is_far.then_some(("year", ImportFault::OutOfRange))
    }
}

impl Rules for Price {
    fn key(&self) -> String {
        self.from.to_string()
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        let (_, most) = LineSetting::ListRatePerMinute.bounds();
        (self.rate.0.haler() > most || self.rate.0.haler() == 0).then_some(("rate", ImportFault::OutOfRange))
    }

    fn fault_on(&self, today: NaiveDate, _known: Option<&Self>) -> Option<(&'static str, ImportFault)> {
        is_far(self.from, today).then_some(("from", ImportFault::OutOfRange))
    }

    fn holds_from(&self) -> Option<NaiveDate> {
        Some(self.from)
    }
}

impl Rules for SoldBundle {
    fn key(&self) -> String {
        // The key holds no line feed.
        format!("{}\n{}", self.key.0, self.from)
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        if self.price.0.haler() == 0 {
            return Some(("price", ImportFault::OutOfRange));
        }
        if self.comes.lasts_months().is_some_and(|months| months != self.validity_months.0) {
            return Some(("validity_months", ImportFault::OutOfRange));
        }
        let ends_before = self.until.is_some_and(|until| until < self.from);
        ends_before.then_some(("until", ImportFault::EndsBeforeItBegins))
    }

    fn fault_on(&self, today: NaiveDate, _known: Option<&Self>) -> Option<(&'static str, ImportFault)> {
        is_far(self.from, today).then_some(("from", ImportFault::OutOfRange))
    }
}

impl Rules for OpenInvoice {
    fn key(&self) -> String {
        self.number.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("customer", ImportKind::Customers, &self.customer)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        if self.total.0.haler() == 0 {
            return Some(("total", ImportFault::OutOfRange));
        }
        if self.paid.0 > self.total.0 {
            return Some(("paid", ImportFault::OutOfRange));
        }
        (self.due < self.issued).then_some(("due", ImportFault::EndsBeforeItBegins))
    }

    fn fault_on(&self, _today: NaiveDate, known: Option<&Self>) -> Option<(&'static str, ImportFault)> {
        // One that is known may be paid elsewhere; else it is none that is open.
        let is_paid = self.paid.0 == self.total.0;
        (known.is_none() && is_paid).then_some(("paid", ImportFault::NothingLeft))
    }
}
