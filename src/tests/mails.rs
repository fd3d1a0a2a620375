//! Mail: over real SMTP, read by libraries that are not ours.

mod arrived;
mod documents;
mod kinds;
mod order;
mod post;
mod queue;
mod reminders;
mod sink;
mod steps;
mod tried;
mod ways;
