//! How typed text is measured, the same in the browser and on the server.

/// The length that counts: characters, without surrounding white space.
///
/// Characters and not bytes, because "ž" is one letter to the person who reads the limit.
#[must_use]
pub fn length(text: &str) -> usize {
    text.trim().chars().count()
}
