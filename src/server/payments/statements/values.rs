//! Amounts, dates and symbols as banks write them.

use chrono::{Datelike, NaiveDate};

use crate::model::{base::money::Money, money::variable_symbol::VariableSymbol};

/// The most digits of an amount in haléře: more than any account holds, less than any integer does.
const MOST_DIGITS: usize = 15;

/// An amount in crowns: `1 210,00`, `-1210.5`, `1.210,00`, `+1 210,00 CZK`. The last separator parts the decimals, of which
/// there are one or two; any other parts thousands. What could be read in two ways is not read at all.
pub fn amount(typed: &str) -> Option<Money> {
    let typed = typed.trim();
    let (bare, unit) = typed.split_at(typed.trim_end_matches(char::is_alphabetic).len());
    let is_currency = unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase());
    if !(unit.is_empty() || unit == "Kč" || is_currency) {
        return None;
    }
    let bare = bare.trim_end();
    let (sign, digits) = match bare.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(digits) => (-1, digits),
        None => (1, bare.strip_prefix('+').unwrap_or(bare)),
    };
    let digits: String = digits.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let (whole, decimals, point) = match digits.rfind([',', '.']) {
        Some(at) if (1..=2).contains(&(digits.len() - at - 1)) => {
            (&digits[..at], &digits[at + 1..], digits[at..].chars().next())
        }
        Some(_) | None => (digits.as_str(), "", None),
    };
    // A separator that does not part the decimals stands between groups of three and is another than theirs; "1.210" alone may
    // be a thousand crowns or one.
    let groups: Vec<&str> = whole.split([',', '.']).collect();
    let separators: Vec<char> = whole.chars().filter(|c| matches!(c, ',' | '.')).collect();
    let is_mixed = separators.iter().any(|separator| Some(*separator) == point || *separator != separators[0]);
    let is_uneven = groups.len() > 1 && groups[1..].iter().any(|group| group.len() != 3);
    let is_ambiguous = groups.len() == 2 && decimals.is_empty();
    if is_mixed || is_uneven || is_ambiguous {
        return None;
    }
    let whole = groups.concat();
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > MOST_DIGITS || !all_digits(&whole) || !all_digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok().map(|haler: i64| Money::from_haler(sign * haler))
}

/// A date, perhaps with a time behind it: `23.11.2026`, `23. 11. 2026`, `23/11/2026`, `23-11-2026`, `2026-11-23`.
pub fn date(typed: &str) -> Option<NaiveDate> {
    let mut numbers = Vec::new();
    let mut rest = typed.trim();
    while numbers.len() < 3 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        numbers.push((rest[..digits].parse::<i32>().ok()?, digits));
        rest = rest[digits..].trim_start_matches([' ', '\u{a0}']);
        if numbers.len() < 3 {
            rest = rest.strip_prefix(['.', '/', '-'])?.trim_start_matches([' ', '\u{a0}']);
        }
    }
    let [(first, first_digits), (month, _), (last, last_digits)] = numbers[..] else { return None };
    let (year, day) = match (first_digits, last_digits) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) => (last, first),
        _ => return None,
    };
    plausible(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// A date of six digits, `231126`.
pub fn short_date(digits: &str) -> Option<NaiveDate> {
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| digits.get(from..from + 2).and_then(|part| part.parse::<u32>().ok());
    plausible(2_000 + i32::try_from(part(4)?).ok()?, part(2)?, part(0)?)
}

fn plausible(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|date| (2_000..=2_100).contains(&date.year()))
}

/// A variable symbol in its own column; zeros stand for none.
pub fn symbol(typed: &str) -> Option<VariableSymbol> {
    // Spreadsheets are kept from shortening it by a quote in front.
    typed.trim().trim_start_matches('\'').trim_start_matches('0').parse().ok()
}

/// A variable symbol in the words of a payer who could not send one in its column, as from abroad: `/VS/2026100001`,
/// `VS: 2026100001`.
pub fn symbol_in(message: &str) -> Option<VariableSymbol> {
    let upper = message.to_ascii_uppercase();
    upper.match_indices("VS").find_map(|(at, marker)| {
        let is_word = !upper[..at].ends_with(|before: char| before.is_alphanumeric());
        let rest = upper[at + marker.len()..].trim_start_matches(['/', ':', '.', ' ', '=']);
        let digits: &str = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        if is_word && digits.len() <= 10 { symbol(digits) } else { None }
    })
}

/// A variable symbol in the identification from end to end as Czech banks write it, without anything between the letters and the
/// digits or alone: `VS2026100001`, `2026100001`. Words that happen to be digits elsewhere are no symbol.
pub fn symbol_in_end_to_end(reference: &str) -> Option<VariableSymbol> {
    let reference = reference.trim();
    symbol(reference.strip_prefix("VS").unwrap_or(reference).trim_start_matches([':', '/']))
}

/// Text in one line, without what no keyboard types.
pub fn words(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::date as day;

    #[test]
    fn an_amount_reads_as_each_bank_writes_it() {
        for (typed, haler) in [
            ("1210", 121_000),
            ("1 210,00", 121_000),
            ("1\u{a0}210,5", 121_050),
            ("-1210.05", -121_005),
            ("\u{2212}12,30", -1_230),
            ("+1 210,00 CZK", 121_000),
            ("1.210,00", 121_000),
            ("1,210.00", 121_000),
            ("1.210.000", 121_000_000),
            ("0,00", 0),
            ("12,30 Kč", 1_230),
        ] {
            assert_eq!(amount(typed), Some(Money::from_haler(haler)), "{typed}");
        }
        for none in [
            "",
            "-",
            "1,210",
            "1.210",
            "12,345,6",
            "1.234,567.8",
            "1..2",
            "1-2",
            "12a",
            "a12",
            "--1",
            "12,345678",
            "9999999999999999",
        ] {
            assert_eq!(amount(none), None, "{none}");
        }
    }

    #[test]
    fn a_date_reads_as_each_bank_writes_it() {
        for typed in [
            "23.11.2026",
            "23. 11. 2026",
            "23/11/2026",
            "23-11-2026",
            "2026-11-23",
            "2026-11-23T08:00:00",
            "23.11.2026 8:00:00",
        ] {
            assert_eq!(date(typed), Some(day("2026-11-23")), "{typed}");
        }
        for none in
            ["", "23.11.", "23.11.26", "31.11.2026", "2026-13-01", "0001-01-01", "9999-01-01", "zítra", "99999.1.2026"]
        {
            assert_eq!(date(none), None, "{none}");
        }
        assert_eq!(short_date("231126"), Some(day("2026-11-23")));
        assert_eq!(short_date("000000"), None);
        assert_eq!(short_date("žžž"), None);
    }

    #[test]
    fn a_symbol_is_found_in_words_too() {
        for (message, found) in [
            ("/VS/2026100001/SS/1", "2026100001"),
            ("platba VS: 0002026100", "2026100"),
            ("vs2026100001", "2026100001"),
            ("OVS 123", ""),
            ("VS 12345678901", ""),
            ("bez symbolu", ""),
        ] {
            assert_eq!(symbol_in(message).map(|symbol| symbol.to_string()).unwrap_or_default(), found, "{message}");
        }
        assert_eq!(symbol("0000000000"), None);
        assert_eq!(symbol("'0002026100001").map(|symbol| symbol.to_string()).as_deref(), Some("2026100001"));
    }

    proptest! {
        #[test]
        fn an_amount_is_read_to_the_haler(haler in -99_999_999_999_i64..99_999_999_999, separator in prop::sample::select(vec!["", " ", "\u{a0}", "."])) {
            let (whole, rest) = ((haler.abs() / 100).to_string(), haler.abs() % 100);
            let groups: Vec<String> = whole.as_bytes().rchunks(3).rev().map(|group| String::from_utf8(group.to_vec()).unwrap()).collect();
            let typed = format!("{}{},{rest:02}", if haler < 0 { "-" } else { "" }, groups.join(separator));
            prop_assert_eq!(amount(&typed), Some(Money::from_haler(haler)));
        }

        #[test]
        fn nothing_that_is_typed_panics(typed in "\\PC{0,40}") {
            let _ = (amount(&typed), date(&typed), short_date(&typed), symbol(&typed), symbol_in(&typed), words(&typed));
        }

        #[test]
        fn a_day_reads_back(days in 0..36_000_i64) {
            let date_of = day("2000-01-01") + chrono::TimeDelta::days(days);
            prop_assert_eq!(date(&date_of.to_string()), Some(date_of));
            prop_assert_eq!(date(&date_of.format("%d.%m.%Y").to_string()), Some(date_of));
        }
    }
}
