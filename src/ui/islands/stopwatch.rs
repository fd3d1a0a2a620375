//! Time as a stopwatch shows it.

/// Seconds as on a stopwatch: "0:23:41".
#[must_use]
pub fn reading(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
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
