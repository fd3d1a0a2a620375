//! CSV: in one of the encodings of Czech texts; separated by semicolons, commas or tabulators, whichever the first line
//! has most of.

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::{MOST_COLUMNS, Sheet, encoding::decode, harmless, sheet};
use crate::model::ordering::imports::ImportFault;

/// The table of a file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, ImportFault> {
    // The reader counts lines by their feeds: with returns in front of them it would be one behind.
    let (text, encoding) = decode(bytes);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('\0') {
        return Err(ImportFault::Unreadable);
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let delimiter = [b';', b',', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b';');
    let reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records: Vec<StringRecord> = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(|_| ImportFault::Unreadable)?;
        // Before any of its cells is made a text of its own.
        if record.len() > MOST_COLUMNS {
            return Err(ImportFault::TooManyColumns);
        }
        records.push(record);
    }
    let rows = records.iter().map(|record| (line_of(record, &text), record.iter().map(str::to_owned).collect()));
    Ok(Sheet { encoding: Some(encoding), ..sheet(name, name, rows)? })
}

/// A table as spreadsheets in Czech open it: UTF-8 with its mark, semicolons, and nothing that they would take for a formula.
#[must_use]
pub fn write(lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines {
        // Memory takes whatever is written, and every line has all columns.
        let _ = writer.write_record(line.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// On which line of the text a record begins: the reader says where it began to look, which is before the empty lines in front.
fn line_of(record: &StringRecord, text: &str) -> usize {
    let Some(position) = record.position() else { return 0 };
    let [line, byte] = [position.line(), position.byte()].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
    let rest = text.as_bytes().get(byte..).unwrap_or_default();
    line + rest.iter().take_while(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1250;

    use super::*;
    use crate::model::ordering::imports::TextEncoding;

    #[test]
    fn every_encoding_and_separator_reads_as_the_same() {
        let text = "klíč;název\r\n\r\nz1;\"Škola \"\"Řepčín\"\";\npobočka\"\r\nz2;Úřad\r\n";
        let (windows, _, _) = WINDOWS_1250.encode(text);
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = format!("\u{feff}{text}");
        let expected = Sheet {
            name: "customers".into(),
            file: "Customers.csv".into(),
            encoding: Some(TextEncoding::Utf8),
            header: vec!["klíč".into(), "název".into()],
            lines: vec![
                (3, vec!["z1".into(), "Škola \"Řepčín\";\npobočka".into()]),
                (5, vec!["z2".into(), "Úřad".into()]),
            ],
        };
        for (bytes, encoding) in [
            (text.as_bytes(), TextEncoding::Utf8),
            (&windows, TextEncoding::Windows1250),
            (&wide, TextEncoding::Utf16),
            (marked.as_bytes(), TextEncoding::Utf8),
        ] {
            let expected = Sheet { encoding: Some(encoding), ..expected.clone() };
            assert_eq!(read("Customers.csv", bytes), Ok(expected));
        }
        let commas = read("a.csv", b"key,name\n1,\"a;b\"\n").unwrap();
        assert_eq!(commas.lines, [(2, vec!["1".to_owned(), "a;b".to_owned()])]);
        assert_eq!(read("a.csv", b"a\0b"), Err(ImportFault::Unreadable));
        let written =
            write([expected.header.clone()].into_iter().chain(expected.lines.iter().map(|line| line.1.clone())));
        let cells = |sheet: &Sheet| sheet.lines.iter().map(|line| line.1.clone()).collect::<Vec<_>>();
        assert_eq!(cells(&read("b.csv", &written).unwrap()), cells(&expected), "what is written reads as the same");
    }

    #[test]
    fn a_formula_is_written_harmless_and_read_as_it_was() {
        let typed = ["=1+1", "+420601234567", "-5", "@x", "'=1", "'tis", "a-b", "\t="].map(str::to_owned).to_vec();
        let header = vec!["a".to_owned(); typed.len()];
        let written = write([header, typed.clone()].into_iter());
        let told = String::from_utf8(written.clone()).unwrap();
        assert!(told.contains("'=1+1;'+420601234567;'-5;'@x;''=1;'tis;a-b;'\t="), "{told}");
        let sheet = read("a.csv", &written).unwrap();
        assert_eq!(sheet.lines, [(2, typed)]);
        assert_eq!(write([sheet.header, sheet.lines[0].1.clone()].into_iter()), written);
    }

    #[test]
    fn more_columns_than_any_table_has_are_refused() {
        let of = |columns: usize| format!("{}\n", vec!["a"; columns].join(";"));
        assert!(read("a.csv", of(200).as_bytes()).is_ok());
        assert_eq!(read("a.csv", of(201).as_bytes()), Err(ImportFault::TooManyColumns));
    }
}
