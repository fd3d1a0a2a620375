//! Tables out of files as people have them: CSV in any of the Czech encodings, workbooks of spreadsheets, and archives of both.
//! What a table means is decided elsewhere; here it is lines of cells.

mod archive;
mod csv;
mod encoding;
mod xlsx;

pub use csv::write as write_csv;

use crate::model::{
    base::text::one_line,
    ordering::imports::{ImportFault, LineProblem, TextEncoding},
};

/// The most lines that are taken from one table.
const MOST_LINES: usize = 100_000;
/// The most columns of one table: more than any has, and few enough to tell about.
const MOST_COLUMNS: usize = 200;
/// The most characters of a name that are told: of a file, a sheet, or a column.
const NAME_MAX: usize = 100;

/// A file as it was sent, or found in a directory.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its name, without the way to it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A table as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called: of a CSV the file's name without its ending, of a workbook the sheet's.
    pub name: String,
    /// Where it stands, as problems name it: `customers.csv`, `all.xlsx/customers`.
    pub file: String,
    /// In which encoding its text was; none of a workbook's, which say it.
    pub encoding: Option<TextEncoding>,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The lines below, each with its number in the file. Empty ones are left out.
    pub lines: Vec<(usize, Vec<String>)>,
}

/// All tables of some files; with what cannot be read of them.
#[must_use]
pub fn read(files: &[SourceFile]) -> (Vec<Sheet>, Vec<LineProblem>) {
    let mut sheets = Vec::new();
    let mut problems = Vec::new();
    // A PDF stands beside tables, unless there are none.
    let are_tables = files.iter().any(|file| ending(&file.name) != "pdf");
    for file in files.iter().filter(|file| !are_tables || ending(&file.name) != "pdf") {
        match read_one(file) {
            Ok(found) => sheets.extend(found),
            Err(fault) => {
                problems.push(LineProblem { file: name(&file.name), line: 0, column: String::new(), fault });
            }
        }
    }
    (sheets, problems)
}

/// The PDF files among some files, and in archives of them, by their ways there. An archive that cannot be read has none: that it
/// cannot is told of its tables.
#[must_use]
pub fn pdfs(files: &[SourceFile]) -> Vec<SourceFile> {
    let of_one = |file: &SourceFile| match ending(&file.name).as_str() {
        "pdf" => vec![file.clone()],
        "zip" => archive::pdfs(&file.bytes).unwrap_or_default(),
        _ => Vec::new(),
    };
    files.iter().flat_map(of_one).collect()
}

/// What the file holds to which a way leads, from wherever the tables stand: an archive may have all of it in a directory.
#[must_use]
pub fn at(files: &[SourceFile], way: &str) -> Option<Vec<u8>> {
    let leads_to = |name: &str| name.strip_suffix(way).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    let mut found = files.iter().filter(|file| leads_to(&file.name));
    match (found.next(), found.next()) {
        (Some(file), None) => Some(file.bytes.clone()),
        _ => None,
    }
}

/// How a file's name ends, in small letters.
fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|two| two.1.to_lowercase()).unwrap_or_default()
}

fn read_one(file: &SourceFile) -> Result<Vec<Sheet>, ImportFault> {
    match ending(&file.name).as_str() {
        "csv" | "txt" => Ok(vec![csv::read(&file.name, &file.bytes)?]),
        "xlsx" => xlsx::read(&file.name, &file.bytes),
        "zip" => archive::read(&file.bytes)?.iter().map(read_one).try_fold(Vec::new(), |mut sheets, more| {
            sheets.extend(more?);
            Ok(sheets)
        }),
        _ => Err(ImportFault::UnknownFile),
    }
}

/// The sheet of a name and its rows, numbered from 1, of which the first that is not empty names the columns.
fn sheet(called: &str, file: &str, rows: impl Iterator<Item = (usize, Vec<String>)>) -> Result<Sheet, ImportFault> {
    let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let mut rows = rows.map(|(line, cells)| (line, cells.iter().map(|cell| meant(cell)).collect::<Vec<_>>()));
    let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    let lines: Vec<_> = rows.take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES {
        return Err(ImportFault::TooManyLines);
    }
    Ok(Sheet { name: stem(called).to_lowercase(), file: name(file), encoding: None, header, lines })
}

/// A name out of a file as it is told: in one line, of some length, and without what the database takes for no text.
#[must_use]
pub fn name(text: &str) -> String {
    one_line(text).chars().take(NAME_MAX).collect()
}

/// A text in whatever encoding it was written.
#[must_use]
pub fn decode_text(bytes: &[u8]) -> String {
    encoding::decode(bytes).0.into_owned()
}

/// Whether there is something in a cell that nobody types: its text was read in another encoding than it was written in.
#[must_use]
pub fn is_garbled(cell: &str) -> bool {
    cell.chars().any(encoding::is_impossible)
}

/// What a spreadsheet would take for a formula begins so; full-width signs count in some languages of Excel.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A text with an apostrophe in front if a spreadsheet would take it for a formula; also if it has one already, so that taking
/// one away gives back what was there.
fn harmless(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// What a cell means: without that apostrophe, and without NUL, which the database takes for no text.
fn meant(cell: &str) -> String {
    let cell = cell.replace('\0', "");
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text.to_owned(),
        _ => cell,
    }
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
