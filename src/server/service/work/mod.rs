//! Work: from the clock to the receipt.

pub mod attempts;
pub mod background;
pub mod bench;
pub mod board;
pub mod called_off;
pub mod callers;
pub mod cases;
pub mod ceiling;
pub mod clock;
pub mod closing;
pub mod consequences;
pub mod contests;
pub mod corrections;
pub mod day;
pub mod dispatch;
pub mod figures;
pub mod intake;
pub mod lanes;
pub mod merging;
pub mod missed;
pub mod receipts;
pub mod settlement;
pub mod splitting;
pub mod starting;
mod typed;
pub mod visits;
pub mod wishes;
