//! How typed text is measured and kept, the same in the browser and on the server.

/// The length that counts: characters, without surrounding white space.
///
/// Characters and not bytes, because "ž" is one letter to the person who reads the limit.
#[must_use]
pub fn length(text: &str) -> usize {
    text.trim().chars().count()
}

/// As it is kept in one line: without surrounding blanks and control characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

/// As it is kept in several lines: without surrounding blanks and other control characters than line ends.
#[must_use]
pub fn lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.replace(|c: char| c.is_control() && c != '\n', " ").trim().to_owned()
}
