//! Imports in words: on their page, and as the command prints them.

use crate::{
    model::ordering::imports::{ImportFault, ImportKind, LineProblem, TextEncoding},
    ui::texts::{Locale, t},
};

/// What a table is of.
#[must_use]
pub fn kind(locale: Locale, kind: ImportKind) -> String {
    match kind {
        ImportKind::Regions => t!(locale => "import-regions"),
        ImportKind::Tiers => t!(locale => "import-tiers"),
        ImportKind::Skills => t!(locale => "import-skills"),
        ImportKind::Programs => t!(locale => "import-programs"),
        ImportKind::ProgramVersions => t!(locale => "import-program-versions"),
        ImportKind::WorkTypes => t!(locale => "import-work-types"),
        ImportKind::Technicians => t!(locale => "import-technicians"),
        ImportKind::Plans => t!(locale => "import-plans"),
        ImportKind::Series => t!(locale => "import-series"),
        ImportKind::Prices => t!(locale => "import-prices"),
        ImportKind::Bundles => t!(locale => "import-bundles"),
        ImportKind::Customers => t!(locale => "import-customers"),
        ImportKind::People => t!(locale => "import-people"),
        ImportKind::Contacts => t!(locale => "import-contacts"),
        ImportKind::Licences => t!(locale => "import-licences"),
        ImportKind::Computers => t!(locale => "import-computers"),
        ImportKind::ComputerPrograms => t!(locale => "import-computer-programs"),
        ImportKind::Contracts => t!(locale => "import-contracts"),
        ImportKind::ContractFiles => t!(locale => "import-contract-files"),
        ImportKind::Balances => t!(locale => "import-balances"),
        ImportKind::Invoices => t!(locale => "import-invoices"),
        ImportKind::Appointments => t!(locale => "import-appointments"),
        ImportKind::Absences => t!(locale => "import-absences"),
        ImportKind::Closures => t!(locale => "import-closures"),
        ImportKind::Standings => t!(locale => "import-standings"),
    }
}

/// What a column of a table holds.
#[must_use]
pub fn about(locale: Locale, kind: ImportKind, column: &str) -> String {
    t!(locale => "import-about", column = format!("{kind}-{column}"))
}

/// How an encoding is called, in any language.
#[must_use]
pub const fn encoding(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Utf8 => "UTF-8",
        TextEncoding::Utf16 => "UTF-16",
        TextEncoding::Windows1250 => "Windows-1250",
        TextEncoding::Iso88592 => "ISO-8859-2",
        TextEncoding::Cp852 => "CP852",
    }
}

/// Why something cannot be taken.
#[must_use]
pub fn fault(locale: Locale, fault: ImportFault) -> String {
    match fault {
        ImportFault::UnknownFile => t!(locale => "import-fault-unknown-file"),
        ImportFault::Unreadable => t!(locale => "import-fault-unreadable"),
        ImportFault::TooManyLines => t!(locale => "import-fault-too-many-lines"),
        ImportFault::TooManyColumns => t!(locale => "import-fault-too-many-columns"),
        ImportFault::MissingColumn => t!(locale => "import-fault-missing-column"),
        ImportFault::UnknownColumn => t!(locale => "import-fault-unknown-column"),
        ImportFault::Garbled => t!(locale => "import-fault-garbled"),
        ImportFault::Missing => t!(locale => "import-fault-missing"),
        ImportFault::TooLong => t!(locale => "import-fault-too-long"),
        ImportFault::NotAnIco => t!(locale => "import-fault-not-an-ico"),
        ImportFault::NotADic => t!(locale => "import-fault-not-a-dic"),
        ImportFault::NotAPostalCode => t!(locale => "import-fault-not-a-postal-code"),
        ImportFault::NotAPhone => t!(locale => "import-fault-not-a-phone"),
        ImportFault::NotAnEmail => t!(locale => "import-fault-not-an-email"),
        ImportFault::NotANumber => t!(locale => "import-fault-not-a-number"),
        ImportFault::OutOfRange => t!(locale => "import-fault-out-of-range"),
        ImportFault::NotAnAmount => t!(locale => "import-fault-not-an-amount"),
        ImportFault::NotADay => t!(locale => "import-fault-not-a-day"),
        ImportFault::NotAMoment => t!(locale => "import-fault-not-a-moment"),
        ImportFault::NotYesOrNo => t!(locale => "import-fault-not-yes-or-no"),
        ImportFault::NotHours => t!(locale => "import-fault-not-hours"),
        ImportFault::NotATeamviewerId => t!(locale => "import-fault-not-a-teamviewer-id"),
        ImportFault::UnknownWord => t!(locale => "import-fault-unknown-word"),
        ImportFault::EndsBeforeItBegins => t!(locale => "import-fault-ends-before-it-begins"),
        ImportFault::NeedsAnother => t!(locale => "import-fault-needs-another"),
        ImportFault::TwiceInTheFile => t!(locale => "import-fault-twice-in-the-file"),
        ImportFault::OverlapsALine => t!(locale => "import-fault-overlaps-a-line"),
        ImportFault::UnknownKey => t!(locale => "import-fault-unknown-key"),
        ImportFault::AlreadyUsed => t!(locale => "import-fault-already-used"),
        ImportFault::OverlapsAnother => t!(locale => "import-fault-overlaps-another"),
        ImportFault::Taken => t!(locale => "import-fault-taken"),
        ImportFault::Credited => t!(locale => "import-fault-credited"),
        ImportFault::Issued => t!(locale => "import-fault-issued"),
        ImportFault::GoneByThen => t!(locale => "import-fault-gone-by-then"),
        ImportFault::NoSuchFile => t!(locale => "import-fault-no-such-file"),
        ImportFault::NotAPdf => t!(locale => "import-fault-not-a-pdf"),
        ImportFault::Damaged => t!(locale => "import-fault-damaged"),
        ImportFault::UsedSince => t!(locale => "import-fault-used-since"),
        ImportFault::NothingLeft => t!(locale => "import-fault-nothing-left"),
        ImportFault::InThePast => t!(locale => "import-fault-in-the-past"),
        ImportFault::CannotChange => t!(locale => "import-fault-cannot-change"),
        ImportFault::Refused => t!(locale => "import-fault-refused"),
    }
}

/// A problem on one line: file, line, column and reason.
#[must_use]
pub fn line(locale: Locale, problem: &LineProblem) -> String {
    let LineProblem { file, line, column, fault: reason } = problem;
    let column = if column.is_empty() { String::new() } else { format!(" {column}:") };
    format!("{file}:{line}:{column} {}", fault(locale, *reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_told_in_both_languages_and_in_english_as_the_documentation_tells_it() {
        for kind in ImportKind::ALL {
            for column in kind.columns() {
                let told = about(Locale::En, *kind, column.name);
                assert_eq!(
                    told.replace('\u{a0}', " "),
                    column.about.trim().replace('`', ""),
                    "{kind}: {}",
                    column.name
                );
                let czech = about(Locale::Cs, *kind, column.name);
                assert!(czech.chars().count() > 2, "{kind}: {}", column.name);
            }
        }
    }
}
