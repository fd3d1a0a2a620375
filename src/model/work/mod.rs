//! Work: from the clock to the receipt.

pub mod attempts;
pub mod background;
pub mod billing;
pub mod board;
pub mod callers;
pub mod cases;
pub mod ceiling;
pub mod chosen;
pub mod consequences;
pub mod contests;
pub mod corrections;
pub mod day;
pub mod dragging;
pub mod figures;
pub mod forgotten;
pub mod interventions;
pub mod lanes;
pub mod pages;
pub mod pushes;
pub mod receipts;
pub mod reopening;
pub mod report_blocks;
pub mod segments;
pub mod splitting;
pub mod unusual;
pub mod wishes;
