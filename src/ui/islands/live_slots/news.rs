//! What has changed between the times that are shown and those that are free now.

/// What is worth telling. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nothing that would help to choose.
    None,
    /// There is one before the first that is shown and free.
    Earlier,
    /// There are others.
    More,
    /// There is none of those that are shown.
    AllGone,
}

impl News {
    /// Compares the times that are shown with those that are free.
    pub fn of(shown: &[i64], free: &[i64]) -> Self {
        let Some(first) = shown.iter().filter(|start| free.contains(start)).min() else {
            return Self::AllGone;
        };
        let mut new = free.iter().filter(|start| !shown.contains(start)).peekable();
        if new.peek().is_none() {
            Self::None
        } else if new.any(|start| start < first) {
            Self::Earlier
        } else {
            Self::More
        }
    }
}

/// Of the times that are free those that concern a page which shows a day's: those of that day, and any that is earlier than all
/// that are shown.
pub fn concerning(shown: &[i64], free: &[i64], (from, until): (i64, i64)) -> Vec<i64> {
    let first = shown.iter().min().copied().unwrap_or(i64::MAX);
    let concerns = |start: &i64| shown.contains(start) || *start < first || (from..until).contains(start);
    free.iter().copied().filter(concerns).collect()
}

#[cfg(test)]
mod tests {
    use super::{News, concerning};

    #[test]
    fn times_of_other_days_are_no_news() {
        let shown = [5, 20, 30];
        assert_eq!(concerning(&shown, &[3, 5, 10, 20, 25, 30, 40], (20, 40)), [3, 5, 20, 25, 30]);
        assert_eq!(News::of(&shown, &concerning(&shown, &[5, 10, 20, 30, 40], (20, 40))), News::None);
        assert_eq!(News::of(&shown, &concerning(&shown, &[3, 5, 10, 20], (20, 40))), News::Earlier);
    }

    #[test]
    fn news_are_what_helps_to_choose() {
        assert_eq!(News::of(&[10, 20, 30], &[10, 20, 30]), News::None);
        assert_eq!(News::of(&[10, 20, 30], &[20, 30]), News::None, "what is gone is marked, that is enough");
        assert_eq!(News::of(&[10, 20, 30], &[5, 20, 30]), News::Earlier);
        assert_eq!(News::of(&[10, 20, 30], &[15, 20, 30]), News::Earlier, "before the first that is left");
        assert_eq!(News::of(&[10, 20, 30], &[10, 20, 30, 40]), News::More);
        assert_eq!(News::of(&[10, 20], &[40]), News::AllGone);
        assert_eq!(News::of(&[10, 20], &[]), News::AllGone);
    }
}
