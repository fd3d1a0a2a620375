//! Currencies by their numbers (ISO 4217).

/// What stands for a currency that is not known (ISO 4217): foreign money in any case.
pub const UNKNOWN: &str = "XXX";

const NUMBERS: [(u16, &str); 34] = [
    (36, "AUD"),
    (124, "CAD"),
    (156, "CNY"),
    (191, "HRK"),
    (203, "CZK"),
    (208, "DKK"),
    (344, "HKD"),
    (348, "HUF"),
    (352, "ISK"),
    (356, "INR"),
    (376, "ILS"),
    (392, "JPY"),
    (410, "KRW"),
    (484, "MXN"),
    (498, "MDL"),
    (554, "NZD"),
    (578, "NOK"),
    (643, "RUB"),
    (702, "SGD"),
    (703, "SKK"),
    (710, "ZAR"),
    (752, "SEK"),
    (756, "CHF"),
    (764, "THB"),
    (784, "AED"),
    (826, "GBP"),
    (840, "USD"),
    (901, "TWD"),
    (941, "RSD"),
    (946, "RON"),
    (949, "TRY"),
    (975, "BGN"),
    (978, "EUR"),
    (985, "PLN"),
];

/// The code of the currency of a record, by the four digits in its columns. Nothing but zeros means the account's own, crowns.
/// Česká spořitelna writes the kind of record, whether it is in crowns and two more digits there ("rmoo"): `1101` is in crowns,
/// `1201` is not. A number of ISO 4217 has three digits, so that the two are never taken for one another.
pub fn of_number(digits: &str) -> &'static str {
    let digits = digits.trim();
    if digits.is_empty() {
        return "CZK";
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return UNKNOWN;
    }
    match digits.parse::<u16>() {
        Ok(0) => "CZK",
        Ok(number @ 1..1000) => NUMBERS.iter().find(|(other, _)| *other == number).map_or(UNKNOWN, |(_, code)| code),
        Ok(number) if digits.len() == 4 && number / 100 % 10 == 1 => "CZK",
        Ok(_) | Err(_) => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_crowns_are_crowns() {
        for (digits, code) in [
            ("0203", "CZK"),
            ("203", "CZK"),
            ("0000", "CZK"),
            ("", "CZK"),
            ("0978", "EUR"),
            ("0752", "SEK"),
            ("0578", "NOK"),
            ("0208", "DKK"),
            ("0946", "RON"),
            ("0392", "JPY"),
            ("0124", "CAD"),
            ("1101", "CZK"),
            ("1102", "CZK"),
            ("1201", UNKNOWN),
            ("0999", UNKNOWN),
            ("0101", UNKNOWN),
            ("+203", UNKNOWN),
            ("abcd", UNKNOWN),
        ] {
            assert_eq!(of_number(digits), code, "{digits}");
        }
    }
}
