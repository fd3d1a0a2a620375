//! How much is read of what comes and of what is answered, in bytes.

use axum::body::Body;
use http_body_util::BodyExt;

use crate::model::minutes::contracts::LARGEST_FILE;

/// The most that a form may send: several times what all fields of any of ours may hold, so that too long a text is told beside its
/// field.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// The most that reaches a server function: a file as hexadecimal digits, and the form around it.
pub const LARGEST_CALL: usize = 2 * (LARGEST_FILE + 64 * 1024) + LARGEST_FORM;
/// The most that a server function answers with a problem.
pub const LARGEST_PROBLEM: usize = 64 * 1024;
/// The most of what is too large that is read only to be thrown away.
const MOST_THROWN_AWAY: usize = 16 * 1024 * 1024;

/// The body of a request; none when it is larger than `most`. What is too much is read and thrown away, up to a point,
/// as a browser hears no answer before it has sent everything, and nor do most programs.
pub async fn read_body(mut body: Body, most: usize) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return None };
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length > MOST_THROWN_AWAY {
            return None;
        }
        if length <= most {
            read.extend_from_slice(data);
        }
    }
    (length <= most).then_some(read)
}
