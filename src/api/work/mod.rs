//! Work: from the clock to the receipt.

pub mod attempts;
pub mod bench;
pub mod board;
pub mod callers;
pub mod cases;
pub mod ceiling;
pub mod clock;
pub mod closing;
pub mod consequences;
pub mod contests;
pub mod corrections;
pub mod dispatch;
pub mod figures;
pub mod intake;
pub mod lanes;
pub mod merging;
pub mod missed;
pub mod pushes;
pub mod ratings;
pub mod readiness;
pub mod receipts;
pub mod reopening;
pub mod report_blocks;
pub mod splitting;
pub mod webhooks;
pub mod wishes;
