//! What [pages of lists](crate::model::base::paging) ask the database for.

use super::{DbError, codec::Natural};
use crate::model::base::paging::{CountedPage, Page, Queue};

/// How many rows to ask for, to see whether there is a page after one of `size` rows.
#[must_use]
pub fn limit(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1)
}

/// Tells how long the list of a page is. It is counted only when the page is not all of it, so that short lists, as most
/// are, cost no second statement.
///
/// * `is_first` – whether the page begins the list
///
/// # Errors
/// When counting fails.
pub async fn counted<T, K>(
    page: Page<T, K>,
    is_first: bool,
    count: impl Future<Output = Result<u32, DbError>>,
) -> Result<CountedPage<T, K>, DbError> {
    if is_first && page.next.is_none() {
        return Ok(CountedPage::whole(page.rows));
    }
    Ok(CountedPage { page, total: count.await? })
}

/// A queue of what was found, of which each row tells how many wait in all.
pub fn queue<R, T>(found: Vec<R>, all: impl FnOnce(&R) -> Natural, row: impl FnMut(R) -> T) -> Queue<T> {
    let total = found.first().map_or(0, |first| all(first).into());
    Queue { rows: found.into_iter().map(row).collect(), total }
}

#[cfg(test)]
mod tests {
    use super::limit;

    #[test]
    fn one_row_more_tells_whether_there_is_another_page() {
        assert_eq!(limit(2), 3);
        assert_eq!(limit(usize::MAX), i64::MAX);
    }
}
