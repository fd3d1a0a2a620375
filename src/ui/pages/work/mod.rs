//! The technician's day, and the workbench of one request.

mod agenda;
mod attempts;
mod background;
mod bench;
pub(crate) mod board;
pub(crate) mod cases;
mod clock;
mod closing;
mod connection_reports;
mod consent;
pub(crate) mod consequences;
pub(crate) mod contests;
mod corrections;
mod day;
pub(crate) mod dispatch;
mod evidence;
pub(crate) mod figures;
mod forgotten;
pub(crate) mod intake;
mod keys;
pub(crate) mod lanes;
pub(crate) mod mail_in;
mod minutes;
pub(crate) mod missed;
pub mod ratings;
pub mod readiness;
pub mod receipts;
pub(crate) mod remote_sessions;
mod reopening;
mod report_blocks;
mod segments;
mod splitting;
mod stage;
mod starting;
mod teamviewer;
pub(crate) mod webhooks;
pub(crate) mod wishes;
mod words;

pub(crate) use self::words::source_in_words;
pub use self::{
    bench::WorkPage,
    connection_reports::ConnectionReportsPage,
    corrections::SegmentPage,
    day::WorkDayPage,
    reopening::ReopenPage,
    report_blocks::{ReportBlockPage, ReportBlocksPage},
    splitting::SplitPage,
    teamviewer::TeamviewerSettingsPage,
};
pub(super) use self::{bench::Workbench, day::DayView, keys::Keys};
