//! Work: from the clock to the receipt.

pub mod attempts;
pub mod background;
pub mod board;
pub mod cases;
pub mod consents;
pub mod contests;
pub mod day;
pub mod figures;
pub mod interventions;
pub mod lanes;
pub mod mail_in;
pub mod missed;
pub mod pushes;
pub mod ratings;
pub mod readiness;
pub mod receipts;
pub mod reopening;
pub mod report_blocks;
pub mod segments;
pub mod sms;
pub mod standings;
pub mod visits;
pub mod webhooks;
pub mod wishes;
