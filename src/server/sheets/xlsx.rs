//! Workbooks: each sheet is a table, called as the sheet is; the only sheet of a workbook may be called anything, and is called
//! as the file.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, DataRef, DataType, Reader, Xlsx};

use super::{MOST_COLUMNS, MOST_LINES, Sheet, archive::check_size, sheet};
use crate::model::ordering::imports::{ImportFault, ImportKind};

/// The most bytes of text in all sheets: a text stands once in a workbook, and any number of cells may say it.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// The tables of a workbook.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, ImportFault> {
    check_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| ImportFault::Unreadable)?;
    let names = workbook.sheet_names();
    let is_table = |name: &str| ImportKind::from_code(name.trim().to_lowercase().as_str()).is_some();
    let mut left = MOST_TEXT;
    let mut sheets = Vec::new();
    for of in &names {
        let (called, file) = match names.len() {
            1 if !is_table(of) => (name.to_owned(), name.to_owned()),
            _ => (of.trim().to_owned(), format!("{name}/{of}")),
        };
        let rows = rows(&mut workbook, of, &mut left)?;
        sheets.push(sheet(&called, &file, rows.into_iter().map(|(row, cells)| (row + 1, cells)))?);
    }
    Ok(sheets)
}

/// The rows of a sheet by their places, made of the cells that there are: a sheet says of itself how large it is, and may say
/// that it is larger than any memory.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    of: &str,
    left: &mut usize,
) -> Result<BTreeMap<usize, Vec<String>>, ImportFault> {
    let mut reader = workbook.worksheet_cells_reader(of).map_err(|_| ImportFault::Unreadable)?;
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(|_| ImportFault::Unreadable)? {
        // Cells that only look like something are there too, in whole columns.
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        let (row, column) = cell.get_position();
        let [row, column] = [row, column].map(|place| usize::try_from(place).unwrap_or(usize::MAX));
        if row > MOST_LINES {
            return Err(ImportFault::TooManyLines);
        }
        if column >= MOST_COLUMNS {
            return Err(ImportFault::TooManyColumns);
        }
        let text = text(&Data::from(cell.get_value().clone()));
        *left = left.checked_sub(text.len()).ok_or(ImportFault::TooManyLines)?;
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    Ok(rows)
}

/// What a cell says, as it would be typed.
fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Data::DateTime(_) | Data::DateTimeIso(_) => match cell.as_datetime() {
            Some(moment) if moment.time() == chrono::NaiveTime::MIN => moment.format("%Y-%m-%d").to_string(),
            Some(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
            None => cell.to_string(),
        },
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use chrono::NaiveDate;
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    fn workbook(sheets: &[&str]) -> Vec<u8> {
        let mut file = Workbook::new();
        let day = Format::new().set_num_format("d.m.yyyy");
        let moment = Format::new().set_num_format("d.m.yyyy h:mm");
        for name in sheets {
            let sheet = file.add_worksheet();
            sheet.set_name(*name).unwrap();
            for (column, title) in (0..).zip(["key", "minutes", "from", "start", "trusted"]) {
                sheet.write_string(1, column, title).unwrap();
            }
            sheet.write_string(3, 0, "a").unwrap();
            sheet.write_number(3, 1, 120.0).unwrap();
            let at = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
            sheet.write_datetime_with_format(3, 2, at, &day).unwrap();
            sheet.write_datetime_with_format(3, 3, at.and_hms_opt(8, 15, 0).unwrap(), &moment).unwrap();
            sheet.write_boolean(3, 4, true).unwrap();
        }
        file.save_to_buffer().unwrap()
    }

    #[test]
    fn numbers_days_and_times_read_as_they_would_be_typed() {
        let sheets = read("all.xlsx", &workbook(&["balances", "Customers"])).unwrap();
        let names: Vec<_> = sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.file.as_str())).collect();
        assert_eq!(names, [("balances", "all.xlsx/balances"), ("customers", "all.xlsx/Customers")]);
        let cells = ["a", "120", "2026-11-23", "2026-11-23 08:15:00", "yes"].map(str::to_owned).to_vec();
        assert_eq!(sheets[0].lines, [(4, cells)]);
        let only = read("balances.xlsx", &workbook(&["List1"])).unwrap();
        assert_eq!((only[0].name.as_str(), only[0].file.as_str()), ("balances", "balances.xlsx"));
        assert_eq!(read("x.xlsx", b"PK\x03\x04 nothing"), Err(ImportFault::Unreadable));
    }

    #[test]
    fn nothing_that_a_workbook_declares_is_put_in_or_fetched() {
        let plain = workbook(&["customers"]);
        let with = |declared: &str, title: &str| {
            let mut from = zip::ZipArchive::new(Cursor::new(&plain)).unwrap();
            let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for place in 0..from.len() {
                let mut part = from.by_index(place).unwrap();
                to.start_file(part.name().unwrap().to_string(), zip::write::SimpleFileOptions::default()).unwrap();
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                let text = text.replacen("<sst", &format!("{declared}<sst"), 1).replacen(
                    "<t>key<",
                    &format!("<t>{title}<"),
                    1,
                );
                to.write_all(text.as_bytes()).unwrap();
            }
            read("customers.xlsx", &to.finish().unwrap().into_inner()).map(|sheets| sheets[0].header[0].clone())
        };
        assert_eq!(with("", "&#107;ey").as_deref(), Ok("key"));
        for entity in ["\"key\"", "SYSTEM \"file:///etc/hostname\""] {
            let declared = format!("<!DOCTYPE sst [<!ENTITY x {entity}>]>");
            assert_eq!(with(&declared, "&x;"), Err(ImportFault::Unreadable), "{entity}");
        }
    }

    #[test]
    fn a_cell_far_away_takes_no_memory_and_the_file_is_refused() {
        let with = |row: u32, column: u16| {
            let mut file = Workbook::new();
            let sheet = file.add_worksheet();
            sheet.write_string(0, 0, "key").unwrap();
            sheet.write_string(row, column, "far").unwrap();
            read("customers.xlsx", &file.save_to_buffer().unwrap()).map(|sheets| sheets[0].lines.len())
        };
        assert_eq!(with(100_000, 199), Ok(1));
        assert_eq!(with(1_048_575, 16_383), Err(ImportFault::TooManyLines));
        assert_eq!(with(1, 200), Err(ImportFault::TooManyColumns));
    }
}
