//! CSV that a spreadsheet of the reader's language opens right: UTF-8 with a byte order mark, without which Excel takes it
//! for Windows-1250; separators and decimals of that language; ISO dates, which every spreadsheet takes for dates.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::{Cell, Table};
use crate::{model::base::money::Money, server::documents::NotMade, ui::texts::Locale};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The table's bytes.
pub fn write(locale: Locale, table: &Table) -> Result<Vec<u8>, NotMade> {
    let mut csv = Csv::begin(locale, &table.columns, Vec::new())?;
    for row in &table.rows {
        csv.add(row)?;
    }
    csv.finish()
}

/// A table that is written row by row.
pub struct Csv<W: io::Write> {
    locale: Locale,
    writer: csv::Writer<W>,
}

impl<W: io::Write> Csv<W> {
    /// Begins with the names of the columns.
    pub fn begin(locale: Locale, columns: &[String], mut into: W) -> Result<Self, NotMade> {
        let separator = match locale {
            Locale::Cs => b';',
            Locale::En => b',',
        };
        into.write_all(BYTE_ORDER_MARK.as_bytes()).map_err(NotMade::because)?;
        let mut writer = WriterBuilder::new().delimiter(separator).terminator(Terminator::CRLF).from_writer(into);
        writer.write_record(columns).map_err(NotMade::because)?;
        Ok(Self { locale, writer })
    }

    /// Adds a row.
    pub fn add(&mut self, row: &[Cell]) -> Result<(), NotMade> {
        self.writer.write_record(row.iter().map(|cell| field(self.locale, cell))).map_err(NotMade::because)
    }

    /// What it was written into.
    pub fn finish(self) -> Result<W, NotMade> {
        self.writer.into_inner().map_err(NotMade::because)
    }
}

fn field(locale: Locale, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Date(date) => date.to_string(),
        Cell::Time(time) => time.format("%H:%M").to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Money(amount) => money(locale, *amount),
        Cell::Empty => String::new(),
    }
}

fn money(locale: Locale, amount: Money) -> String {
    let crowns = amount.to_crowns().to_string();
    match locale {
        Locale::Cs => crowns.replace('.', ","),
        Locale::En => crowns,
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). Full-width signs
/// count as formulas in some languages of Excel.
fn harmless(text: &str) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}
