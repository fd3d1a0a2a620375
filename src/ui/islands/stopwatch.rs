//! Time as a stopwatch shows it.

/// Seconds as on a stopwatch: "0:23:41".
#[must_use]
pub fn reading(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    [&hours.to_string(), ":", &two_digits(minutes), ":", &two_digits(seconds % 60)].concat()
}

/// A number below a hundred with both its digits: "05". Pieces put together weigh less in the browser than what formats.
pub(super) fn two_digits(number: u64) -> String {
    let digits = number.to_string();
    if number < 10 { ["0", &digits].concat() } else { digits }
}

#[cfg(test)]
mod tests {
    use super::reading;

    #[test]
    fn the_clock_reads_like_one() {
        assert_eq!(reading(0), "0:00:00");
        assert_eq!(reading(1_421), "0:23:41");
        assert_eq!(reading(36_005), "10:00:05");
    }
}
