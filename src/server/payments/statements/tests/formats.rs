//! A file of each format, as the bank writes it, with what a right reader yields.

use encoding_rs::WINDOWS_1250;

use super::{Direction, Statement, read};
use crate::model::{
    base::money::Money,
    money::bank::{Controls, ReversalCodes, StatementFault, StatementFormat, StatementRefused},
};

const OURS: &str = "0000002000145399";

/// Day, haléře, symbol and account of each row.
fn told(statement: &Statement) -> Vec<(String, i64, String, &str)> {
    let rows = statement.rows.iter();
    rows.map(|row| {
        let symbol = row.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
        (row.booked_on.to_string(), row.amount.haler(), symbol, row.counter_account.as_str())
    })
    .collect()
}

fn is_told(bytes: &[u8], expected: &[(&str, i64, &str, &str)]) -> Statement {
    let statement = read(bytes, None).unwrap_or_else(|refused| panic!("{refused:?}"));
    let expected: Vec<_> = expected
        .iter()
        .map(|(day, haler, symbol, account)| ((*day).to_owned(), *haler, (*symbol).to_owned(), *account))
        .collect();
    assert_eq!(told(&statement), expected);
    statement
}

fn in_windows(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = WINDOWS_1250.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

/// A booking of ABO of the 23 November 2026: haléře, code, currency.
fn line(haler: i64, code: u8, currency: &str) -> String {
    let (symbol, name) = ("4711", "Jídelna Habrov");
    format!(
        "075{OURS}0000192000145399{:013}{haler:012}{code}{symbol:0>10}000800{:04}{:010}231126{name:<20}0{currency}231126",
        7, 308, 0
    )
}

/// What begins a statement: the balances before and after, and the turnovers.
fn head(opening: i64, closing: i64, debit: i64, credit: i64) -> String {
    let sum = |haler: i64| format!("{:014}{}", haler.abs(), if haler < 0 { '-' } else { '+' });
    let [opening, closing, debit, credit] = [opening, closing, debit, credit].map(sum);
    format!("074{OURS}{:<20}221126{opening}{closing}{debit}{credit}001231126{:14}", "PROGRAMY PRO JIDELNY", "")
}

fn abo(lines: &[String]) -> Vec<u8> {
    in_windows(&lines.join("\r\n"))
}

#[test]
fn the_sums_of_abo_tell_what_a_four_undoes() {
    let sum = |(code, opening, closing)| {
        let rows = [line(50_000, 2, "0203"), line(20_000, code, "0203")];
        let lines = [vec![head(opening, closing, 0, 0)], rows.to_vec()].concat();
        read(&abo(&lines), None)
    };
    // Come 500 and undone 200 that had come, as Česká spořitelna numbers it; or undone 200 that had gone, as the others do.
    let of_cs = sum((4, 100_000, 130_000)).unwrap();
    assert_eq!((of_cs.rows[1].amount.haler(), of_cs.rows[1].direction), (-20_000, Direction::CreditUndone));
    let of_others = sum((4, 100_000, 170_000)).unwrap();
    assert_eq!((of_others.rows[1].amount.haler(), of_others.rows[1].direction), (20_000, Direction::DebitUndone));
    assert_eq!(of_cs.controls.map(Controls::agree), Some(true));
    // Three and five are of one bank only; the sums do not matter.
    assert_eq!(sum((3, 0, 0)).unwrap().rows[1].direction, Direction::DebitUndone);
    assert_eq!(sum((5, 0, 0)).unwrap().rows[1].direction, Direction::CreditUndone);
    for undecided in [(4, 0, 0), (4, 100_000, 100_001)] {
        assert_eq!(sum(undecided), Err(StatementRefused::new(3, StatementFault::UnclearReversal)), "{undecided:?}");
    }
    let both = [line(1, 3, "0203"), line(1, 5, "0203")];
    assert_eq!(read(&abo(&both), None).unwrap().unread, [StatementRefused::new(2, StatementFault::BadCode)]);
}

#[test]
fn a_person_says_what_a_four_undoes_and_it_is_never_income() {
    let file = abo(&[head(0, 0, 0, 0), line(319_440, 4, "0203")]);
    for (codes, haler) in [(ReversalCodes::ThreeFour, -319_440), (ReversalCodes::FourFive, 319_440)] {
        let statement = read(&file, Some(codes)).unwrap();
        assert_eq!(statement.rows[0].amount.haler(), haler);
        assert!(!statement.rows[0].is_income());
    }
}

#[test]
fn turnovers_decide_where_balances_are_not_told() {
    let file = abo(&[head(0, 0, 60_000, 40_000), line(40_000, 2, "0203"), line(60_000, 4, "0203")]);
    assert_eq!(read(&file, None).unwrap().rows[1].direction, Direction::CreditUndone);
}

#[test]
fn abo_is_in_the_currency_that_its_record_says() {
    let numbers = ["0203", "0978", "0752", "0578", "0208", "0946", "0392", "1101", "1201"];
    let lines: Vec<String> = numbers.iter().map(|number| line(100, 2, number)).collect();
    let statement = read(&abo(&lines), None).unwrap();
    let codes: Vec<&str> = statement.rows.iter().map(|row| row.currency.as_str()).collect();
    assert_eq!(codes, ["CZK", "EUR", "SEK", "NOK", "DKK", "RON", "JPY", "CZK", "XXX"]);
}

#[test]
fn extended_abo_has_longer_records_and_messages() {
    let lines = [
        head(0, 12_345, 0, 12_345),
        format!("{}{:<60}", line(12_345, 2, "1101"), "0800 TX-77"),
        format!("076{:<26}231126", "2026-77-1"),
        format!("078{:<35}{:<35}", "Obědy", "listopad"),
        format!("079{:<35}", "VS: 815"),
    ];
    let file = abo(&lines);
    let statement = is_told(&file, &[("2026-11-23", 12_345, "4711", "19-2000145399/0800")]);
    assert_eq!(statement.rows[0].message, "Obědy listopad VS: 815");
    assert_eq!(statement.rows[0].bank_reference.as_deref(), Some("2026-77-1"));
    assert_eq!(statement.accounts, ["2000145399"]);
    assert!(statement.controls.is_some_and(Controls::agree));
}

#[test]
fn business24_is_read_with_its_prefixes_and_padded_banks() {
    let text = "\"Předčíslí měny\";\n\"Číslo účtu\";\"1700004321\"\n\"Počáteční zůstatek\";\"1000\"\n\"Konečný zůstatek\";\"2100,50\"\n\n\
        \"Předčíslí účtu plátce/příjemce\";\"Číslo účtu plátce/příjemce\";\"Kód banky plátce/příjemce\";\"Částka (transakce)\";\
        \"Příchozí/odchozí(kreditní-debetní položka)\";\"Účetní/neúčetní položka\";\"Konstantní symbol\";\"Název protiúčtu\";\
        \"Bankovní reference\";\"Zpráva pro příjemce\";\"Datum valuty\";\"Datum zpracování\";\"Variabilní symbol 1\";\"Variabilní symbol 2\"\n\
        \"19\";\"2000145399\";\"800\";\"1200,00\";\"Příchozí\";\"Účetní\";\"0\";\"Jídelna\";\"R-1\";\"Obědy\";\"2026/11/22\";\"2026/11/23\";\"4711\";\"9\"\n\
        ;\"2000145399\";\"5500\";\"100,50\";\"Příchozí\";\"Účetní\";\"0\";\"Škola\";\"R-2\";;\"2026/11/23\";\"2026/11/23\";;\n\
        ;\"86\";\"300\";\"-200\";\"Odchozí\";\"Účetní\";\"0\";\"Nájem\";\"R-3\";;\"2026/11/23\";\"2026/11/23\";\"300\";\"300\"\n";
    let statement = is_told(
        &in_windows(text),
        &[
            ("2026-11-23", 120_000, "4711", "19-2000145399/0800"),
            ("2026-11-23", 10_050, "", "2000145399/5500"),
            ("2026-11-23", -20_000, "300", "86/0300"),
        ],
    );
    assert_eq!(statement.accounts, ["1700004321"]);
    assert_eq!(
        statement.controls,
        Some(Controls { told: Money::from_haler(110_050), found: Money::from_haler(110_050) })
    );
    let blocked = text.replacen("Účetní\";\"0\";\"Jídelna", "Neúčetní\";\"0\";\"Jídelna", 1);
    assert_eq!(
        read(&in_windows(&blocked), None).unwrap().unread,
        [StatementRefused::new(7, StatementFault::NotBooked)]
    );
}

#[test]
fn servis24_is_read_in_both_languages_and_knows_what_was_undone() {
    let czech = "\"Položka\";\"Datum zaúčtování\";\"Částka CZK\";\"Bankovní spojení\";\"Datum provedení\";\"Variabilní symbol 1\";\"Storno\";\
        \"Název protiúčtu\";\"Zpráva pro příjemce\";\"Referenční číslo transakce\"\n";
    let english = "\"Item\";\"Posting date\";\"Amount CZK\";\"Bank account details\";\"Execution date\";\"Variable symbol 1\";\"Cancellation\";\
        \"Counteraccount name\";\"Message for payee\";\"Transaction reference number\"\n";
    let rows = "\"Úhrada\";\"2026/11/23\";\"1210,00\";\"2000145399/0800\";\"2026/11/21\";\"4711\";;\"Škola\";\"Minuty\";\"81\"\n\
        \"Úhrada\";\"2026/11/24\";\"-1210,00\";\"2000145399/0800\";\"2026/11/24\";\"4711\";\"Ano\";\"Škola\";;\"82\"\n";
    for (names, currency) in [(czech, "CZK"), (english, "CZK"), (&czech.replace("Částka CZK", "Částka EUR"), "EUR")]
    {
        let file = in_windows(&format!("{names}{rows}"));
        let statement = is_told(
            &file,
            &[("2026-11-23", 121_000, "4711", "2000145399/0800"), ("2026-11-24", -121_000, "4711", "2000145399/0800")],
        );
        assert_eq!(statement.rows[0].currency, currency);
        assert_eq!(statement.rows[1].direction, Direction::CreditUndone);
        let masked = in_windows(&format!("{names}{}", rows.replacen("2026/11/23", "1111/11/11", 1)));
        assert_eq!(read(&masked, None).unwrap().unread, [StatementRefused::new(2, StatementFault::BadDate)]);
    }
}

#[test]
fn ceb_is_read_behind_its_filter() {
    let text = "\"CEB Export dat z obrazovky Pohyby ze dne 24.11.2026; Vybrané účty: 1700004321/0300; CZK; FIRMA \";;;;\n\
        Zvolený filtr:;;;;\n;;;;\n\
        číslo účtu;měna;datum zaúčtování;datum valuty;částka;měna;variabilní symbol/reference;název protistrany/protistrana;účet protistrany;zpráva příjemci i plátci;identifikace\n\
        1700004321/0300;CZK;23.11.2026;;200;CZK;4711;JÍDELNA;86-2000145399/0600;Obědy;\n\
        1700004321/0300;CZK;23.11.2026;;1000,5;CZK;;ŠKOLA;2000145399/0100;VS 815;\n";
    let statement = is_told(
        &in_windows(text),
        &[("2026-11-23", 20_000, "4711", "86-2000145399/0600"), ("2026-11-23", 100_050, "815", "2000145399/0100")],
    );
    assert_eq!(statement.accounts, ["1700004321/0300"]);
}

#[test]
fn george_is_read_in_every_encoding() {
    let text = "Datum zaúčtování;Název protiúčtu;IBAN;Protiúčet;Bankovní kód protiúčtu;Částka;Měna;Variabilní symbol;Zpráva pro příjemce;ID transakce\r\n\
        23.11.2026;Škola Habrov;;19-2000145399;0800;1 210,00;CZK;4711;Minuty;G1\r\n\
        23.11.2026;Schule;DE89370400440532013000;;;50,00;EUR;;;G2\r\n";
    let utf_16 =
        |bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for bytes in [text.as_bytes().to_vec(), in_windows(text), utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes)] {
        let statement = is_told(
            &bytes,
            &[
                ("2026-11-23", 121_000, "4711", "19-2000145399/0800"),
                ("2026-11-23", 5_000, "", "DE89370400440532013000"),
            ],
        );
        assert_eq!(statement.rows[0].counter_name, "Škola Habrov");
    }
}

#[test]
fn komercni_banka_is_read_by_the_day_of_booking_and_nothing_is_dropped() {
    let text = "Preambule;;\r\nDatum splatnosti;Datum zuctovani;Protiucet/Kod banky;Nazev protiuctu;Castka;VS;Identifikace transakce\r\n\
        30.11.2026;01.12.2026;123/0100;Firma A;3 000,40;4711;T1\r\n\
        ;03.12.2026;456/0100;Firma B;1 210,00;815;T2\r\n";
    let expected = [("2026-12-01", 300_040, "4711", "123/0100"), ("2026-12-03", 121_000, "815", "456/0100")];
    is_told(text.as_bytes(), &expected);
    // KB+ calls the account of the other side "Protistrana".
    let plus = "Datum zaúčtování;Datum provedení;Protistrana;Název protiúčtu;Částka;Měna;VS;Identifikace transakce\n\
        01.12.2026;30.11.2026;123/0100;Firma A;3000,40;CZK;4711;T1\n";
    let statement = is_told(plus.as_bytes(), &expected[..1]);
    assert_eq!(statement.rows[0].counter_name, "Firma A");
    // Where it is a name, it is one.
    let named = plus.replace("Název protiúčtu", "Popis").replace("123/0100", "Firma C");
    let statement = read(named.as_bytes(), None).unwrap();
    assert_eq!((statement.rows[0].counter_name.as_str(), statement.rows[0].counter_account.as_str()), ("Firma C", ""));
}

#[test]
fn mojebanka_of_years_ago_is_read_behind_its_preamble_without_accents() {
    let text = "MojeBanka; export transakcni historie;;;;;;;;\nDatum vytvoreni souboru;24.11.2011;;;;;;;;\n;;;;;;;;;\n\
        Cislo uctu;1700004321 CZK;;;;;;;;\nVypis za obdobi;1.11.2011;;;;;;;;\n;23.11.2011;;;;;;;;\n\
        Pocatecni zustatek;100;0;;;;;;;\nKonecny zustatek;850;50;;;;;;;\n\
        Datum splatnosti;Datum odepsani z jine banky;Protiucet/Kod banky;Nazev protiuctu;Castka;Originalni castka;Originalni mena;Kurz;VS;Identifikace transakce\n\
        1.11.2011;;86-2000145399/0600;Jidelna;700;0;;;4711;011-A\n2.11.2011;;2000145399/0800;;50;0;;;;011-B\n";
    let statement = is_told(
        text.as_bytes(),
        &[("2011-11-01", 70_000, "4711", "86-2000145399/0600"), ("2011-11-02", 5_000, "", "2000145399/0800")],
    );
    assert_eq!(statement.accounts, ["1700004321"]);
    assert_eq!(statement.controls.map(|controls| controls.found), Some(Money::from_haler(75_000)));
}

#[test]
fn fio_calls_a_row_by_its_operation_and_two_of_one_are_two() {
    let text = "\u{feff}\"accountId\";\"1700004321\"\n\"bankId\";\"2010\"\n\"currency\";\"CZK\"\n\"openingBalance\";\"10,00\"\n\"closingBalance\";\"310,00\"\n\n\
        \"ID operace\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"Kód banky\";\"VS\"\n\
        \"555\";\"23.11.2026\";\"150\";\"CZK\";\"86\";\"D\";\"0300\";\"4711\"\n\
        \"555\";\"23.11.2026\";\"150\";\"CZK\";\"86\";\"D\";\"0300\";\"\"\n";
    let statement =
        is_told(text.as_bytes(), &[("2026-11-23", 15_000, "4711", "86/0300"), ("2026-11-23", 15_000, "", "86/0300")]);
    assert_eq!(statement.accounts, ["1700004321/2010"]);
    assert_eq!(statement.rows[0].bank_reference.as_deref(), Some("555"));
    assert!(statement.controls.is_some_and(Controls::agree));
    let references = super::references(&statement.rows);
    assert_ne!(references[0], references[1]);
}

#[test]
fn camt_is_read_with_its_transactions_reversals_and_entities() {
    let entry = |amount: &str, side: &str, more: &str| {
        format!(
            "<Ntry><Amt Ccy=\"CZK\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
             <BookgDt><Dt>2026-11-23</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt>{more}</Ntry>\n"
        )
    };
    let party = "<RltdPties><Dbtr><Nm>Škola &amp; jídelna</Nm></Dbtr><DbtrAcct><Id><Othr><Id>19-2000145399</Id></Othr></Id></DbtrAcct></RltdPties>\
        <RltdAgts><DbtrAgt><FinInstnId><Othr><Id>0800</Id></Othr></FinInstnId></DbtrAgt></RltdAgts>";
    let one = format!(
        "<AcctSvcrRef>C-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>/VS4711/SS/KS0308</EndToEndId></Refs>{party}\
         <RmtInf><Ustrd>Minuty&#32;{}</Ustrd></RmtInf></TxDtls></NtryDtls>",
        "navíc"
    );
    let two = "<NtryDtls><TxDtls><Refs><AcctSvcrRef>P1</AcctSvcrRef></Refs><Amt Ccy=\"CZK\">10.00</Amt>\
        <RmtInf><Strd><CdtrRefInf><Ref>VS:815</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>\
        <TxDtls><Refs><AcctSvcrRef>P2</AcctSvcrRef></Refs><Amt Ccy=\"CZK\">20.50</Amt></TxDtls></NtryDtls>";
    let balance = |code: &str, amount: &str| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"CZK\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        )
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<n:Document xmlns:n=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">\n\
         <n:BkToCstmrStmt><Stmt><Acct><Id><IBAN>CZ6508000000192000145399</IBAN></Id></Acct>{}{}{}{}{}{}</Stmt></n:BkToCstmrStmt></n:Document>",
        balance("OPBD", "100"),
        balance("CLBD", "1240.50"),
        entry("1210.00", "CRDT", &one),
        entry("30.50", "CRDT", two),
        entry("200.00", "DBIT", "<RvslInd>true</RvslInd>"),
        entry("100.00", "CRDT", "<RvslInd>true</RvslInd>"),
    );
    let statement = is_told(
        text.as_bytes(),
        &[
            ("2026-11-23", 121_000, "4711", "19-2000145399/0800"),
            ("2026-11-23", 1_000, "815", ""),
            ("2026-11-23", 2_050, "", ""),
            ("2026-11-23", -20_000, "", ""),
            ("2026-11-23", 10_000, "", ""),
        ],
    );
    assert_eq!(statement.format, StatementFormat::Camt);
    assert_eq!(statement.accounts, ["CZ6508000000192000145399"]);
    assert_eq!(
        (statement.rows[0].counter_name.as_str(), statement.rows[0].message.as_str()),
        ("Škola & jídelna", "Minuty navíc")
    );
    assert_eq!(statement.rows[3].direction, Direction::CreditUndone);
    assert_eq!(statement.rows[4].direction, Direction::DebitUndone);
    assert!(statement.controls.is_some_and(Controls::agree), "{:?}", statement.controls);
    assert!(!crate::model::money::supplier::is_same_account(&statement.accounts[0], "1700004321/0800"));
    for (broken, line, fault) in [
        (text.replace("</Stmt>", ""), 7, StatementFault::BrokenXml),
        ("<BkToCstmrStmt>".repeat(5_000), 1, StatementFault::BrokenXml),
    ] {
        assert_eq!(read(broken.as_bytes(), None), Err(StatementRefused::new(line, fault)));
    }
    for (spoilt, fault) in [
        (text.replacen("1210.00", "dvanáct", 1), StatementFault::BadAmount),
        (text.replacen("BOOK", "PDNG", 1), StatementFault::NotBooked),
    ] {
        let statement = read(spoilt.as_bytes(), None).unwrap();
        assert_eq!((statement.rows.len(), &statement.unread[..]), (4, &[StatementRefused::new(3, fault)][..]));
    }
}

#[test]
fn camt_that_declares_what_else_is_to_be_read_is_refused() {
    let statement = |kind: &str, said: &str| {
        format!(
            "{kind}<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>{said}</IBAN></Id></Acct></Stmt></BkToCstmrStmt></Document>"
        )
    };
    let accounts = |text: &str| read(text.as_bytes(), None).map(|statement| statement.accounts);
    assert_eq!(accounts(&statement("", "CZ6508000000192000145399")).unwrap(), ["CZ6508000000192000145399"]);
    let refused = Err(StatementRefused::new(1, StatementFault::BrokenXml));
    for kind in [
        "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE Document [<!ENTITY y \"0000000000\"><!ENTITY x \"&y;&y;&y;&y;\">]>",
        "<!DOCTYPE Document SYSTEM \"https://elsewhere.example/statement.dtd\">",
    ] {
        assert_eq!(accounts(&statement(kind, "&x;")), refused, "{kind}");
        assert_eq!(accounts(&statement(kind, "CZ6508000000192000145399")), refused, "{kind}");
    }
    assert_eq!(accounts(&statement("", "&x;")), refused, "nobody has said what that is");
}

#[test]
fn mt940_is_read_by_its_tags() {
    let text = "{1:F01KOMBCZPPAXXX}{4:\r\n:20:VYPIS-23\r\n:25:0100/86-2000145399\r\n:28C:23/1\r\n:60F:C261231CZK1000,00\r\n\
        :61:2612310102C1210,NTRF4711//KB-1\r\n:86:020?20Minuty?21navíc?30800?31\r\n2000145399?32Jídelna?33Habrov\r\n\
        :61:2701020102RC200,50NTRFNONREF//KB-2\r\n:86:storno VS 4711\r\n\
        :61:270102D10,00NTRFNONREF\r\n:62F:C270102CZK1999,50\r\n-}\r\n";
    let text = text.replace("?30800", "?300800");
    let statement = is_told(
        text.as_bytes(),
        &[
            ("2027-01-02", 121_000, "4711", "2000145399/0800"),
            ("2027-01-02", -20_050, "4711", ""),
            ("2027-01-02", -1_000, "", ""),
        ],
    );
    assert_eq!(statement.format, StatementFormat::Mt940);
    assert_eq!(statement.accounts, ["86-2000145399/0100"]);
    assert_eq!(statement.rows[0].message, "Minutynavíc");
    assert_eq!(statement.rows[0].counter_name, "JídelnaHabrov");
    assert_eq!(statement.rows[1].direction, Direction::CreditUndone);
    assert!(statement.controls.is_some_and(Controls::agree), "{:?}", statement.controls);
    let spoilt = read(text.replacen("C1210,", "X1210,", 1).as_bytes(), None).unwrap();
    assert_eq!(spoilt.unread, [StatementRefused::new(6, StatementFault::BadCode)]);
    assert_eq!((spoilt.rows.len(), spoilt.rows[0].message.as_str()), (2, "storno VS 4711"), "no words of another row");
}

#[test]
fn a_file_of_several_accounts_names_each_of_them_once() {
    let mt940 = |account: &str| {
        format!(":20:VYPIS-23\r\n:25:0100/{account}\r\n:60F:C261231CZK1000,00\r\n:62F:C270102CZK1000,00\r\n")
    };
    let text = [mt940("86-2000145399"), mt940("1700004321"), mt940("86-2000145399")].concat();
    let statement = read(text.as_bytes(), None).expect("a statement");
    assert_eq!(statement.accounts, ["86-2000145399/0100", "1700004321/0100"]);
    for (cut, line) in
        [(text.replacen(":62F:C270102CZK1000,00\r\n", "", 1), 6), (text[..text.len() - 24].to_owned(), 11)]
    {
        assert_eq!(read(cut.as_bytes(), None), Err(StatementRefused::new(line, StatementFault::ShortLine)), "{cut}");
    }
    let camt = |account: &str| format!("<Stmt><Acct><Id><IBAN>{account}</IBAN></Id></Acct></Stmt>");
    let text = [camt("CZ6508000000192000145399"), camt("CZ5508000000001234567899")].concat();
    let statement = read(format!("<Document><BkToCstmrStmt>{text}</BkToCstmrStmt></Document>").as_bytes(), None);
    let accounts = ["CZ6508000000192000145399", "CZ5508000000001234567899"];
    assert_eq!(statement.expect("a statement").accounts, accounts);
}

#[test]
fn a_statement_of_years_ago_is_read_with_its_balances_below_nothing() {
    let head = |opening: i64, closing: i64, debit: i64, credit: i64| {
        let sum = |haler: i64| format!("{:014}{}", haler.abs(), if haler < 0 { '-' } else { '+' });
        let [opening, closing, debit, credit] = [opening, closing, debit, credit].map(sum);
        format!("074{OURS}{:<20}010114{opening}{closing}{debit}{credit}002010214{:14}", "JIDELNY", "")
    };
    let line = |haler: i64, code: u8, symbol: u32, account: u64, bank: &str, day: &str| {
        format!(
            "075{OURS}{account:016}{:013}{haler:012}{code}{symbol:010}00{bank}0000{:010}{day}{:<20}01102{day}",
            2, 13, "Obědy"
        )
    };
    let rows = |codes: [u8; 2]| {
        [line(40_000, codes[0], 11, 156_789, "1000", "050114"), line(60_000, codes[1], 21, 256_789, "2000", "070114")]
    };
    let plain = [vec![head(-100_000, -120_000, 60_000, 40_000)], rows([2, 1]).to_vec()].concat();
    let statement = is_told(
        &abo(&plain),
        &[("2014-01-05", 40_000, "11", "156789/1000"), ("2014-01-07", -60_000, "21", "256789/2000")],
    );
    assert!(statement.controls.is_some_and(Controls::agree));
    let undone = [vec![head(-100_000, -80_000, -60_000, -40_000)], rows([5, 4]).to_vec()].concat();
    let statement = is_told(
        &abo(&undone),
        &[("2014-01-05", -40_000, "11", "156789/1000"), ("2014-01-07", 60_000, "21", "256789/2000")],
    );
    assert!(statement.rows.iter().all(|row| !row.is_income()) && statement.controls.is_some_and(Controls::agree));
}

#[test]
fn raiffeisenbank_is_read_with_a_comma_behind_its_columns_and_two_of_one_name() {
    let text = "Datum provedení;Datum zaúčtování;Číslo účtu;Číslo protiúčtu;Název protiúčtu;Zpráva;VS;Zaúčtovaná částka;Měna účtu;\
        Původní částka a měna;Původní částka a měna;Poplatek;Id transakce,\n\
        23.11.2026;\"24.11.2026\";\"1700004321/5500\";\"86/0800\";\"Jídelna\";\"Obědy\";\"4711\";\"-1,00\";\"CZK\";\"\";\"\";\"\";77\n";
    let statement = is_told(text.as_bytes(), &[("2026-11-24", -100, "4711", "86/0800")]);
    assert_eq!(statement.rows[0].bank_reference.as_deref(), Some("77"));
}

#[test]
fn what_only_begins_like_abo_is_refused() {
    for text in
        ["074 what is this\n075short\n999nothing\n".to_owned(), format!("074{OURS}too short\n{}\n", line(1, 2, "0203"))]
    {
        assert!(read(text.as_bytes(), None).is_err(), "{text}");
    }
}
