//! Workbooks: dates are dates and numbers numbers, whatever the reader's language.

use chrono::{DateTime, Utc};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, DocProperties, Format, FormatBorder, Workbook as File, Worksheet, XlsxError};

use super::{Cell, Table, Workbook};
use crate::server::documents::NotMade;

/// No column is wider, in pixels; long reasons are cut off by their neighbour.
const WIDEST: u32 = 320;
const A4: u8 = 9;

/// The workbook's bytes. `now` is when it says that it was made.
pub fn write(workbook: &Workbook, now: DateTime<Utc>) -> Result<Vec<u8>, NotMade> {
    bytes(workbook, now).map_err(NotMade::because)
}

fn bytes(workbook: &Workbook, now: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new(workbook.date_format);
    let mut file = File::new();
    let properties =
        DocProperties::new().set_title(&workbook.title).set_author(&workbook.author).set_creation_datetime(&now);
    file.set_properties(&properties);
    for table in &workbook.sheets {
        fill(file.add_worksheet(), table, &formats)?;
    }
    file.save_to_buffer()
}

struct Formats {
    head: Format,
    date: Format,
    time: Format,
    number: Format,
    money: Format,
}

impl Formats {
    fn new(date: &str) -> Self {
        let head =
            Format::new().set_bold().set_background_color(Color::RGB(0xE7F4F6)).set_border_bottom(FormatBorder::Thin);
        Self {
            head,
            date: Format::new().set_num_format(date),
            time: Format::new().set_num_format("h:mm"),
            number: Format::new().set_num_format("#,##0"),
            money: Format::new().set_num_format("#,##0.00"),
        }
    }
}

fn fill(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(&table.name)?;
    for (column, title) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, title, &formats.head)?;
    }
    let mut last_row = 0;
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, row, column, cell, formats)?;
        }
        last_row = row;
    }
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(WIDEST).autofit();
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a count in a report is far below 2^53")]
fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        // A string is a string: what looks like a formula is none.
        Cell::Text(text) => sheet.write_string(row, column, text)?,
        Cell::Date(date) => sheet.write_datetime_with_format(row, column, date, &formats.date)?,
        Cell::Time(time) => sheet.write_datetime_with_format(row, column, time, &formats.time)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, &formats.number)?,
        Cell::Money(amount) => {
            let crowns = amount.to_crowns().to_f64().unwrap_or_default();
            sheet.write_number_with_format(row, column, crowns, &formats.money)?
        }
        Cell::Empty => return Ok(()),
    };
    Ok(())
}
