//! Words for what of a bank statement cannot be read.

use crate::{
    model::money::bank::{StatementFault, StatementRefused},
    ui::texts::{Locale, t},
};

/// Which line it is and what is wrong with it, or with the file.
#[must_use]
pub fn fault(locale: Locale, refused: StatementRefused) -> String {
    let line = refused.line;
    match refused.fault {
        StatementFault::Empty => t!(locale => "problem-statement-empty"),
        StatementFault::UnknownFormat => t!(locale => "problem-statement-unknown-format"),
        StatementFault::TooLong => t!(locale => "problem-statement-too-long"),
        StatementFault::ShortLine => t!(locale => "problem-statement-short-line", line = line),
        StatementFault::BadDate => t!(locale => "problem-statement-bad-date", line = line),
        StatementFault::BadAmount => t!(locale => "problem-statement-bad-amount", line = line),
        StatementFault::BadCode => t!(locale => "problem-statement-bad-code", line = line),
        StatementFault::UnknownRecord => t!(locale => "problem-statement-unknown-record", line = line),
        StatementFault::UnclearReversal => t!(locale => "problem-statement-unclear-reversal", line = line),
        StatementFault::OpenQuote => t!(locale => "problem-statement-open-quote", line = line),
        StatementFault::NotBooked => t!(locale => "problem-statement-not-booked", line = line),
        StatementFault::BrokenXml => t!(locale => "problem-statement-broken-xml", line = line),
        StatementFault::ForeignAccount => t!(locale => "problem-statement-foreign-account"),
    }
}
