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

#[cfg(test)]
mod tests {
    use super::News;

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
