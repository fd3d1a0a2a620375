//! Mail: over real SMTP, read by libraries that are not ours.

mod documents;
mod kinds;
mod post;
mod queue;
mod reminders;
mod sink;
mod steps;
