//! Work: from the clock to the receipt.

pub mod attempts;
pub mod bench;
pub mod board;
pub mod called_off;
pub mod callers;
pub mod cases;
pub mod ceiling;
pub mod clock;
pub mod closing;
pub mod contests;
pub mod corrections;
pub mod dispatch;
pub mod intake;
pub mod lanes;
pub mod lifting;
pub mod merging;
pub mod missed;
pub mod receipts;
pub mod settlement;
mod typed;
pub mod visits;
pub mod wishes;
