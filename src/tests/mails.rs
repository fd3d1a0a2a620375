//! Mail: over real SMTP, read by libraries that are not ours.

mod documents;
mod kinds;
mod links;
mod order;
mod post;
mod queue;
mod reminders;
mod sink;
mod steps;
mod tried;
mod ways;
