//! Idempotency keys of the workbench.

use uuid::Uuid;

/// Idempotency keys, one for each form of the page.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    pub clock: Uuid,
    pub attempt: Uuid,
    pub missed: Uuid,
    pub close: Uuid,
    pub message: Uuid,
    pub fill: Uuid,
}
