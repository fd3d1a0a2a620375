//! Words for what of a bank statement cannot be read, and for sources of statements that fail.

use crate::{
    model::money::{
        bank::{StatementFault, StatementRefused},
        statements::SourceTrouble,
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// Which source of statements fails.
#[must_use]
pub fn fails(locale: Locale, trouble: &SourceTrouble) -> String {
    t!(locale => "statements-fail", source = trouble.source.code())
}

/// Why, what is to be done about it, and since when.
#[must_use]
pub fn trouble(locale: Locale, trouble: &SourceTrouble) -> Vec<String> {
    let why = t!(locale => "statements-fail-why", failure = trouble.failure.code());
    // Of an answer as a whole: no line of it is anybody's to look at.
    let what = trouble.fault.map(|what| match what {
        StatementFault::ForeignAccount => t!(locale => "statements-fail-foreign"),
        what => fault(locale, StatementRefused::new(1, what)),
    });
    let since = t!(locale => "statements-fail-since", since = format::moment(locale, trouble.since));
    [Some(why), what, Some(since)].into_iter().flatten().collect()
}

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
