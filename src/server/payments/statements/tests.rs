//! Statements of every bank that there is a file of, and files that mean no good.

mod formats;
mod random;

use encoding_rs::WINDOWS_1250;
use proptest::prelude::*;

use super::{Direction, Statement, StatementRow, read, references};
use crate::model::{
    base::money::Money,
    fixtures::date,
    money::bank::{StatementFault, StatementFormat, StatementRefused},
};

fn statement(text: &str) -> Statement {
    read(text.as_bytes(), None).unwrap_or_else(|refused| panic!("{refused:?} in {text}"))
}

/// Day, haléře, currency, symbol, account, name, message, reference.
fn figures(row: &StatementRow) -> (String, i64, &str, String, &str, &str, &str, Option<&str>) {
    (
        row.booked_on.to_string(),
        row.amount.haler(),
        &row.currency,
        row.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default(),
        &row.counter_account,
        &row.counter_name,
        &row.message,
        row.bank_reference.as_deref(),
    )
}

/// A booking of GPC.
pub fn gpc_line(haler: u64, code: u8, symbol: &str, name: &str, day: &str) -> String {
    format!(
        "075{:016}{:016}{:>13}{haler:012}{code}{symbol:0>10}000800{:04}{:010}{day}{name:<20}0{:04}{day}",
        192_000_145_399_u64, 192_000_145_399_u64, "1", 308, 0, 203
    )
}

#[test]
fn gpc_is_read_by_its_columns() {
    let head =
        format!("074{:016}{:<20}221126{:014}+{:014}+{:014}+{:014}+001231126", 192_000_145_399_u64, "LINKA", 0, 0, 0, 0);
    let text = [
        head,
        gpc_line(319_440, 2, "2026100001", "Škola Lipová", "231126"),
        format!("076{:<26}231126", "TX-0001"),
        format!("078{:<35}{:<35}", "Balíček minut", "děkujeme"),
        gpc_line(5_000, 1, "0", "Poplatek", "231126"),
        gpc_line(100, 4, "7", "Vratka", "241126"),
        gpc_line(200, 5, "7", "Storno", "241126"),
        "\u{1a}".to_owned(),
    ]
    .join("\r\n");
    let read = statement(&text);
    assert_eq!(read.format, StatementFormat::Gpc);
    let [first, fee, debit_undone, credit_undone] = &read.rows[..] else { panic!("{read:?}") };
    assert_eq!(
        figures(first),
        (
            "2026-11-23".to_owned(),
            319_440,
            "CZK",
            "2026100001".to_owned(),
            "19-2000145399/0800",
            "Škola Lipová",
            "Balíček minut děkujeme",
            Some("TX-0001")
        )
    );
    assert_eq!((fee.amount.haler(), fee.variable_symbol, fee.bank_reference.as_deref()), (-5_000, None, None));
    assert_eq!((debit_undone.amount.haler(), credit_undone.amount.haler()), (100, -200));
    assert_eq!((debit_undone.direction, credit_undone.direction), (Direction::DebitUndone, Direction::CreditUndone));
    assert_eq!(read.rows.iter().filter(|row| row.is_income()).count(), 1);
}

#[test]
fn every_bank_s_csv_is_read_by_the_names_of_its_columns() {
    for (bank, text, expected) in [
        (
            "Fio",
            "\u{feff}accountId;2000145399\r\nbankId;2010\r\ncurrency;CZK\r\ndateStart;23.11.2026\r\n\r\n\
             \"ID pohybu\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"Kód banky\";\"Název banky\";\"KS\";\"VS\";\"SS\";\"Uživatelská identifikace\";\"Zpráva pro příjemce\";\"Typ\"\r\n\
             \"26000000001\";\"23.11.2026\";\"3194,40\";\"CZK\";\"19-2000145399\";\"Škola \"\"Lipová\"\"\";\"0800\";\"ČS\";\"0308\";\"2026100001\";\"\";\"\";\"Minuty\";\"Bezhotovostní příjem\"\r\n",
            ("Škola \"Lipová\"", "19-2000145399/0800", "Minuty", Some("26000000001")),
        ),
        (
            "ČSOB",
            "Vyhledané pohyby na účtu\n\nčíslo účtu;datum zaúčtování;částka;měna;zůstatek;číslo účtu protiúčtu;kód banky protiúčtu;název účtu protiúčtu;konstantní symbol;variabilní symbol;specifický symbol;označení operace;ID transakce;poznámka\n\
             123/0300;23.11.2026;3 194,40;CZK;10 000,00;19-2000145399;0800;Škola Lipová;308;2026100001;;Příchozí úhrada;42;Minuty\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", Some("42")),
        ),
        (
            "Komerční banka",
            "\"MojeBanka, export transakční historie\"\n\"Číslo účtu\";\"123/0100\"\n\"Měna účtu\";\"CZK\"\n\n\
             \"Datum splatnosti\";\"Datum odepsání z jiné banky\";\"Protiúčet/Kód banky\";\"Název protiúčtu\";\"Částka\";\"Originální částka\";\"Originální měna\";\"Kurz\";\"VS\";\"KS\";\"SS\";\"Identifikace transakce\";\"Systémový popis\";\"Popis příkazce\";\"Popis pro příjemce\";\"AV pole 1\"\n\
             \"23.11.2026\";\"\";\"19-2000145399/0800\";\"Škola Lipová\";\"+3194,40\";\"\";\"\";\"\";\"2026100001\";\"308\";\"\";\"001-A 1\";\"Úhrada\";\"\";\"Minuty\";\"x\"\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", Some("001-A 1")),
        ),
        (
            "Česká spořitelna",
            "Datum zaúčtování,Název protiúčtu,Protiúčet,Kód banky,Částka,Měna,Variabilní symbol,Konstantní symbol,Specifický symbol,Zpráva pro příjemce,Reference transakce\n\
             23. 11. 2026,Škola Lipová,19-2000145399,0800,\"3.194,40\",CZK,2026100001,,,Minuty,R1\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", Some("R1")),
        ),
        (
            "Raiffeisenbank",
            "\"Datum provedení\";\"Datum zaúčtování\";\"Číslo účtu\";\"Název účtu\";\"Kategorie transakce\";\"Číslo protiúčtu\";\"Název protiúčtu\";\"Typ transakce\";\"Zpráva\";\"Poznámka\";\"VS\";\"KS\";\"SS\";\"Zaúčtovaná částka\";\"Měna účtu\";\"Původní částka a měna\";\"Poplatek\";\"Id transakce\"\n\
             \"22.11.2026 10:15\";\"23.11.2026 00:00\";\"1/5500\";\"Linka\";\"Platba\";\"19-2000145399/0800\";\"Škola Lipová\";\"Příchozí úhrada\";\"Minuty\";\"\";\"2026100001\";\"\";\"\";\"3 194,40\";\"CZK\";\"\";\"\";\"77\"\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", Some("77")),
        ),
        (
            "Moneta",
            "Číslo účtu;Číslo výpisu;Datum zaúčtování;Datum splatnosti;Částka;Měna;Číslo protiúčtu;Banka protiúčtu;Název protiúčtu;Variabilní Symbol;Konstantní symbol;Specifický symbol;Typ transakce;Zpráva pro příjemce\n\
             1/0600;11;23.11.2026;24.11.2026;3194,40;CZK;19-2000145399;0800;Škola Lipová;2026100001;;;Příchozí;Minuty\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", None),
        ),
        (
            "Air Bank",
            "\"Datum provedení\";\"Směr úhrady\";\"Typ úhrady\";\"Skupina plateb\";\"Měna účtu\";\"Částka v měně účtu\";\"Poplatek v měně účtu\";\"Původní měna úhrady\";\"Původní částka úhrady\";\"Název protistrany\";\"Číslo účtu protistrany\";\"Název účtu protistrany\";\"Variabilní symbol\";\"Poznámka pro mne\";\"Zpráva pro příjemce\";\"Datum splatnosti\";\"Datum zaúčtování\";\"Referenční číslo\"\n\
             \"23/11/2026\";\"Příchozí\";\"Příchozí úhrada\";\"\";\"CZK\";\"3194,40\";\"\";\"\";\"\";\"Škola Lipová\";\"19-2000145399/0800\";\"\";\"2026100001\";\"\";\"Minuty\";\"23/11/2026\";\"23/11/2026\";\"900\"\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", Some("900")),
        ),
        (
            "mBank",
            "mBank S.A., organizační složka;\n#Měna účtu:;\nCZK;\n\n#Datum uskutečnění transakce;#Datum zaúčtování transakce;#Popis transakce;#Zpráva pro příjemce;#Plátce/Příjemce;#Číslo účtu plátce/příjemce;#KS;#VS;#SS;#Částka transakce;#Účetní zůstatek po transakci;\n\
             23-11-2026;23-11-2026;PŘÍCHOZÍ PLATBA;\"Minuty\";\"Škola Lipová\";'19-2000145399/0800';308;2026100001;;3 194,40;10 000,00;\n\n\
             ;;;;;;;;;#Konečný zůstatek:;10 000,00 CZK;\n",
            ("Škola Lipová", "19-2000145399/0800", "Minuty", None),
        ),
    ] {
        let (windows, _, unmappable) = WINDOWS_1250.encode(text.trim_start_matches('\u{feff}'));
        assert!(!unmappable);
        for bytes in [text.as_bytes(), &windows] {
            let read = read(bytes, None).unwrap_or_else(|refused| panic!("{bank}: {refused:?}"));
            assert_eq!(read.format, StatementFormat::Csv);
            assert_eq!(read.rows.len(), 1, "{bank}");
            let (day, haler, currency, symbol, account, name, message, reference) = figures(&read.rows[0]);
            assert_eq!(
                (day.as_str(), haler, currency, symbol.as_str()),
                ("2026-11-23", 319_440, "CZK", "2026100001"),
                "{bank}"
            );
            assert_eq!((name, account, message, reference), expected, "{bank}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    const HEAD: &str = "Datum;Objem;Měna;VS;Protiúčet\n";
    let gpc = gpc_line(1, 2, "1", "A", "231126");
    for (text, line, fault) in [
        ("", 1, StatementFault::Empty),
        (" \r\n\r\n", 1, StatementFault::Empty),
        ("Dobrý den,\nposílám výpis", 1, StatementFault::UnknownFormat),
        (&format!("{HEAD}23.11.2026;dvanáct;CZK;1;\n"), 2, StatementFault::BadAmount),
        (&format!("{HEAD}23.11.2026;1.210;CZK;1;\n"), 2, StatementFault::BadAmount),
        (&gpc_line(1, 6, "1", "A", "231126"), 1, StatementFault::BadCode),
        (&format!("{gpc}\r\n{}", gpc_line(1, 4, "1", "A", "231126")), 2, StatementFault::UnclearReversal),
        (&format!("{HEAD}23.11.2026;1,00;CZK;\"1\n23.11.2026;2,00;CZK;2\n"), 2, StatementFault::OpenQuote),
        (&format!("{HEAD}23.11.2026;1,00;CZK;\"1\n\"23.11.2026\";2,00;CZK;2\n"), 2, StatementFault::OpenQuote),
        (&format!("{HEAD};1,00;CZK;1;19\n"), 2, StatementFault::BadDate),
        (&gpc_line(1, 2, "1", "A", "311126"), 1, StatementFault::BadDate),
        (&"\n.".repeat(30_000), 20_001, StatementFault::TooLong),
    ] {
        assert_eq!(read(text.as_bytes(), None), Err(StatementRefused::new(line, fault)), "{text:.60}");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_named_beside_those_that_can() {
    const HEAD: &str = "Datum;Objem;Měna;VS;Protiúčet\n";
    let gpc = gpc_line(1, 2, "1", "A", "231126");
    let told = |text: &str| {
        let read = statement(text);
        let messages = read.rows.iter().map(|row| row.message.as_str()).collect::<String>();
        (read.rows.len(), messages, read.unread)
    };
    for (text, rows, line, fault) in [
        (&format!("{HEAD}23.11.2026;12,00;CZK;1;\n31.11.2026;1,00;CZK;1;\n"), 1, 3, StatementFault::BadDate),
        (&format!("{HEAD}23.11.2026;x;CZK;1;\n23.11.2026;12,00;CZK;1;\n"), 1, 2, StatementFault::BadAmount),
        (&format!("{gpc}\r\n{}", &gpc[..80]), 1, 2, StatementFault::ShortLine),
        (&format!("{gpc}\r\n999 nothing that we know\r\n{gpc}"), 2, 2, StatementFault::UnknownRecord),
        // What follows a booking that cannot be read belongs to it, and to no other.
        (
            &format!("{gpc}\r\n{}\r\n078its message\r\n{gpc}", gpc.replace("0000000000012", "0000000000016")),
            2,
            2,
            StatementFault::BadCode,
        ),
    ] {
        assert_eq!(told(text), (rows, String::new(), vec![StatementRefused::new(line, fault)]), "{text}");
    }
}

#[test]
fn a_foreign_account_is_not_taken_for_crowns() {
    let text = "Měna účtu;EUR\nDatum zaúčtování;Částka;VS\n23.11.2026;12,00;1\n";
    assert_eq!(statement(text).rows[0].currency, "EUR");
    let text = "Datum;Objem;Měna;VS\n23.11.2026;12,00;eur;1\n";
    assert_eq!(statement(text).rows[0].currency, "EUR");
}

#[test]
fn what_goes_out_is_negative() {
    let text = "Datum zaúčtování;Směr úhrady;Částka;VS\n23.11.2026;Odchozí;12,00;1\n23.11.2026;Odchozí;-12,00;1\n";
    assert!(statement(text).rows.iter().all(|row| row.amount == Money::from_haler(-1_200)));
}

fn any_row() -> impl Strategy<Value = StatementRow> {
    (0..4_i64, 1..4_i64, "[a-c]{0,2}", prop::option::of("[a-b]{1,2}")).prop_map(|(day, crowns, name, reference)| {
        StatementRow {
            booked_on: date("2026-11-23") + chrono::TimeDelta::days(day),
            amount: Money::from_haler(crowns * 100),
            direction: Direction::In,
            currency: "CZK".to_owned(),
            variable_symbol: None,
            counter_account: String::new(),
            counter_name: name,
            message: String::new(),
            bank_reference: reference,
        }
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn no_damage_to_a_statement_makes_it_panic(at in 0..400_usize, byte in any::<u8>(), cut in 0..400_usize) {
        let gpc = [gpc_line(12_345, 2, "2026100001", "Škola", "231126"), gpc_line(1, 1, "1", "B", "241126")].join("\r\n");
        let csv = "Datum;Objem;Měna;VS\n23.11.2026;\"12,00\";CZK;1\n24.11.2026;-3,5;CZK;2\n";
        for text in [gpc.as_str(), csv] {
            let mut bytes = text.as_bytes().to_vec();
            let length = bytes.len();
            bytes[at % length] = byte;
            let _ = read(&bytes, None);
            bytes.truncate(cut % length);
            let _ = read(&bytes, None);
        }
    }

    #[test]
    fn amounts_of_gpc_are_exact(haler in 0..999_999_999_999_u64) {
        let read = statement(&gpc_line(haler, 2, "1", "A", "231126"));
        prop_assert_eq!(read.rows[0].amount.haler(), i64::try_from(haler).unwrap());
    }

    #[test]
    fn every_row_of_a_file_has_a_reference_of_its_own(rows in prop::collection::vec(any_row(), 0..30)) {
        let mut all = references(&rows);
        all.sort();
        all.dedup();
        prop_assert_eq!(all.len(), rows.len());
    }

    /// Two files of whole days that overlap call what both have by the same names.
    #[test]
    fn overlapping_files_agree(mut rows in prop::collection::vec(any_row(), 0..30), from in 0..4_i64) {
        rows.sort_by_key(|row| row.booked_on);
        let first_day = date("2026-11-23") + chrono::TimeDelta::days(from);
        let later: Vec<StatementRow> = rows.iter().filter(|row| row.booked_on >= first_day).cloned().collect();
        let all = references(&rows);
        prop_assert_eq!(&all[rows.len() - later.len()..], &references(&later)[..]);
    }
}
