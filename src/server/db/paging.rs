//! Lists that go on: one page at a time, continued after the key of its last row (keyset paging). However long a list is, a
//! page costs the same, and rows that come meanwhile neither repeat nor hide any.

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, K> {
    /// Its rows.
    pub rows: Vec<T>,
    /// After which key the list goes on; none when this is its end.
    pub next: Option<K>,
}

/// How many rows to ask the database for, to see whether there is a page after one of `size` rows.
#[must_use]
pub fn limit(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1)
}

impl<T, K> Page<T, K> {
    /// Makes a page of `size` rows of what was found within its [`limit`].
    #[must_use]
    pub fn of(mut found: Vec<T>, size: usize, key: impl FnOnce(&T) -> K) -> Self {
        let goes_on = found.len() > size;
        found.truncate(size);
        Self { next: found.last().filter(|_| goes_on).map(key), rows: found }
    }

    /// The same page of what each row becomes.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U, K> {
        Page { rows: self.rows.into_iter().map(change).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, limit};

    #[test]
    fn a_page_goes_on_after_its_last_row_when_there_is_more() {
        assert_eq!(limit(2), 3);
        let page = |found: &[u8]| Page::of(found.to_vec(), 2, |row| *row);
        assert_eq!(page(&[1, 2, 3]), Page { rows: vec![1, 2], next: Some(2) });
        assert_eq!(page(&[1, 2]), Page { rows: vec![1, 2], next: None });
        assert_eq!(page(&[]), Page { rows: vec![], next: None });
    }
}
