//! Work: from the clock to the receipt.

mod attempts;
mod board;
mod cases;
mod ceiling;
mod clock;
mod closing;
mod closing_crash;
mod contests;
mod corrections;
mod dispatch;
mod forgotten;
mod intake;
mod lanes;
mod merging;
mod missed;
mod preparation;
mod reopening;
mod report_blocks;
mod splitting;
mod starting;
mod wishes;
