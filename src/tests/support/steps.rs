//! Which of many steps are tried.

use super::{short_or_long, turns::seed};

/// 1, 2, 3 and so on in `./test storms`; in `./test` only one of `every`. The seed decides which, so that each has its turn.
pub fn steps(every: usize) -> impl Iterator<Item = i64> {
    let every = short_or_long(every, 1);
    (1..).skip(seed() % every).step_by(every)
}
