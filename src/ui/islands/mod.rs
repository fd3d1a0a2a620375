//! Islands: the only code of the interface that is sent to the browser.
//!
//! Each one adds comfort to a page that is complete without it: it finds the fields and buttons that the server has
//! rendered and answers with the very functions of [`crate::model`] that the server decides with. Texts come ready
//! made, as props; formatting dates, calling server functions through resources, and routing stay out (the design,
//! §5.7: they weigh).

#[cfg(feature = "hydrate")]
mod browser;
mod countdown;
mod details_check;
mod estimate;
#[cfg(feature = "hydrate")]
mod field;
mod live_slots;
mod phone;
mod template;
mod urgency_guard;
mod work_type_estimate;

pub use self::{
    countdown::{Countdown, CountdownTexts},
    details_check::{DetailsCheck, FieldMessage},
    estimate::{EstimateTexts, NamedPool, Terms},
    live_slots::{LiveSlots, LiveSlotsTexts, ReasonTexts},
    phone::phone_in_groups,
    urgency_guard::{GuardMessage, UrgencyGuard},
    work_type_estimate::{WorkTypeEstimate, WorkTypeFacts},
};
