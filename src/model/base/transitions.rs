//! What the state machines of the model have in common: the refusal of a step.

use serde::{Deserialize, Serialize};

/// An event that its state does not allow. Nothing has changed.
///
/// Usually it means that somebody else was faster, which is why it becomes
/// [`Problem::Conflict`](crate::model::problem::Problem::Conflict) on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("`{event}` is not possible in the state `{state}`")]
pub struct IllegalTransition<State, Event> {
    /// The state that was kept.
    pub state: State,
    /// The event that was refused.
    pub event: Event,
}
