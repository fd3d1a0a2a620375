//! The columns of the tables, by which lines are read, and of which the documentation is made.

use std::collections::BTreeMap;

use super::ImportFault;
use crate::model::base::text::without_accents;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name, as exports write it.
    pub name: &'static str,
    /// Its Czech name, by which it is known too; without accents.
    pub czech: &'static str,
    /// What can stand in it.
    pub holds: &'static str,
    /// Something that can.
    pub example: &'static str,
    /// Whether something must.
    pub is_needed: bool,
    /// What it means.
    pub about: &'static str,
}

/// Where which column of a kind of table stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    places: BTreeMap<&'static str, usize>,
    /// Each column as the file calls it; one that it does not have, in the language of those that it has.
    said: BTreeMap<&'static str, String>,
}

impl Header {
    /// The columns that the first line of a file names; with what is wrong with it by the column's name.
    #[must_use]
    pub fn of(columns: &'static [Column], names: &[String]) -> (Self, Vec<(String, ImportFault)>) {
        let mut places = BTreeMap::new();
        let mut said = BTreeMap::new();
        let mut faults = Vec::new();
        let mut is_czech = false;
        for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
            let plain = plain(name);
            match columns.iter().find(|column| [column.name, column.czech].map(self::plain).contains(&plain)) {
                Some(column) if !places.contains_key(column.name) => {
                    places.insert(column.name, place);
                    said.insert(column.name, name.trim().to_owned());
                    is_czech |= self::plain(column.name) != plain;
                }
                _ => faults.push((name.trim().to_owned(), ImportFault::UnknownColumn)),
            }
        }
        for column in columns {
            let usual = if is_czech { column.czech } else { column.name };
            said.entry(column.name).or_insert_with(|| usual.to_owned());
        }
        let missing = columns.iter().filter(|column| column.is_needed && !places.contains_key(column.name));
        faults.extend(missing.map(|column| (said[column.name].clone(), ImportFault::MissingColumn)));
        (Self { places, said }, faults)
    }

    /// What the file calls a column, for people who look for it there.
    #[must_use]
    pub fn said<'a>(&'a self, column: &'a str) -> &'a str {
        self.said.get(column).map_or(column, String::as_str)
    }

    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.places.contains_key(column)
    }

    /// What a line has in a column; nothing where the file has no such column.
    #[must_use]
    pub fn cell<'a>(&self, cells: &'a [String], column: &str) -> &'a str {
        self.places.get(column).and_then(|place| cells.get(*place)).map_or("", |text| text.trim())
    }
}

/// The name of a column as names are compared.
fn plain(name: &str) -> String {
    let small = without_accents(&name.trim().to_lowercase());
    small.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fmt::Write as _};

    use super::*;
    use crate::model::ordering::imports::{Customer, ImportKind, Row, Skill};

    /// What each table is, and all its columns, as `docs/import.md` tells it.
    fn documentation() -> String {
        let mut text = String::new();
        for kind in ImportKind::ALL {
            let about = kind.about();
            let _ = write!(
                text,
                "\n## {kind}\n\n{about}\n\n| column | Czech name | needed | holds | what it is |\n|---|---|---|---|---|\n"
            );
            for column in kind.columns() {
                let needed = if column.is_needed { "yes" } else { "" };
                let _ = writeln!(
                    text,
                    "| `{}` | `{}` | {needed} | {} | {} |",
                    column.name,
                    column.czech,
                    column.holds,
                    column.about.trim()
                );
            }
        }
        text
    }

    #[test]
    fn the_documentation_tells_the_columns_that_there_are() {
        let page = include_str!("../../../../docs/import.md");
        let told = page.split_once("<!-- columns -->\n").expect("where the columns begin").1;
        assert_eq!(told, documentation(), "docs/import.md: what follows the mark is the answer of documentation()");
    }

    #[test]
    fn a_column_is_known_by_either_name_and_by_one_only() {
        let names = ["Klíč", "NÁZEV", "IČO", " postal-code ", "Barva", "ico"].map(str::to_owned);
        let (header, faults) = Header::of(Customer::COLUMNS, &names);
        let cells = ["a", "b", "c", " d "].map(str::to_owned);
        let found = ["key", "name", "ico", "postal_code", "street"].map(|column| header.cell(&cells, column));
        assert_eq!(found, ["a", "b", "c", "d", ""]);
        let unknown = ["Barva", "ico"].map(|name| (name.to_owned(), ImportFault::UnknownColumn));
        assert_eq!(faults, unknown);
        let (_, faults) = Header::of(Skill::COLUMNS, &["key".to_owned()]);
        assert_eq!(faults, [("name".to_owned(), ImportFault::MissingColumn)]);
        assert_eq!(["key", "street"].map(|column| header.said(column)), ["Klíč", "ulice"], "as the file says it");
        let (_, faults) = Header::of(Skill::COLUMNS, &["Klíč".to_owned()]);
        assert_eq!(faults, [("nazev".to_owned(), ImportFault::MissingColumn)]);
    }

    #[test]
    fn the_example_of_each_column_is_read_by_it() {
        for kind in ImportKind::ALL {
            let names: Vec<String> = kind.columns().iter().map(|column| column.name.to_owned()).collect();
            let examples: Vec<String> = kind.columns().iter().map(|column| kind.example(column).to_owned()).collect();
            let mut faults = kind.faults(&names, &examples);
            // Of the two a line has one.
            faults.retain(|fault| *kind != ImportKind::Contacts || *fault != ("phone", ImportFault::NeedsAnother));
            assert!(faults.is_empty(), "{kind}: {faults:?} in {examples:?}");
        }
    }

    #[test]
    fn no_table_has_two_columns_of_one_name() {
        for kind in ImportKind::ALL {
            let columns = kind.columns();
            let names: BTreeSet<&str> = columns.iter().map(|column| column.name).collect();
            let czech: BTreeSet<&str> = columns.iter().map(|column| column.czech).collect();
            assert_eq!((names.len(), czech.len()), (columns.len(), columns.len()), "{kind}");
            for column in columns {
                assert_eq!(plain(column.czech), column.czech.replace('_', ""), "{kind}");
            }
        }
    }
}
