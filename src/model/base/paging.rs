//! Lists that go on: one page at a time, continued after the key of its last row (keyset paging). However long a list is, a
//! page costs the same, and rows that come meanwhile neither repeat nor hide any.

use serde::{Deserialize, Serialize};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T, K> {
    /// Its rows.
    pub rows: Vec<T>,
    /// After which key the list goes on; none when this is its end.
    pub next: Option<K>,
}

impl<T, K> Default for Page<T, K> {
    /// A page of a list without rows.
    fn default() -> Self {
        Self { rows: Vec::new(), next: None }
    }
}

impl<T, K> Page<T, K> {
    /// Makes a page of `size` rows of what was found, for which one row more was asked.
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

/// A page of a list that tells how long it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedPage<T, K> {
    /// The page.
    pub page: Page<T, K>,
    /// How many rows the list has on all its pages.
    pub total: u32,
}

impl<T, K> Default for CountedPage<T, K> {
    /// The only page of a list without rows.
    fn default() -> Self {
        Self { page: Page::default(), total: 0 }
    }
}

impl<T, K> CountedPage<T, K> {
    /// The only page of a list.
    #[must_use]
    pub fn whole(rows: Vec<T>) -> Self {
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        Self { page: Page { rows, next: None }, total }
    }
}

/// What waits for somebody's decision, in the order in which it is to be decided: so many as one sees at once. The others come
/// up as these are decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue<T> {
    /// Those that are first.
    pub rows: Vec<T>,
    /// How many wait.
    pub total: u32,
}

impl<T> Default for Queue<T> {
    /// Nothing waits.
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn a_page_goes_on_after_its_last_row_when_there_is_more() {
        let page = |found: &[u8]| Page::of(found.to_vec(), 2, |row| *row);
        assert_eq!(page(&[1, 2, 3]), Page { rows: vec![1, 2], next: Some(2) });
        assert_eq!(page(&[1, 2]), Page { rows: vec![1, 2], next: None });
        assert_eq!(page(&[]), Page::default());
    }
}
