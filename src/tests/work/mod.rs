//! Work: from the clock to the receipt.

mod attempts;
mod background;
mod board;
mod cases;
mod ceiling;
mod clock;
mod closing;
mod closing_crash;
mod consequences;
mod contests;
mod corrections;
mod day;
mod dispatch;
mod figures;
mod forgotten;
mod intake;
mod lanes;
mod merging;
mod missed;
mod preparation;
mod pushes;
mod reopening;
mod report_blocks;
mod splitting;
mod starting;
mod wishes;
