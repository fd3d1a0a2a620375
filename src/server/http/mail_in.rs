//! Mails that came, in the bytes in which they came; and what somebody spoke to the answering machine, to be listened to.

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::documents::Refusal;
use crate::{
    model::{base::ids::InboundMailId, problem::Problem},
    server::{app::App, auth::Caller, service::work::mail_in},
};

/// What came from elsewhere runs nothing and loads nothing.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The mail as it came, as a download only: nobody has looked into it.
pub async fn raw(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let content = mail_in::raw(&app, &caller.desk()?, inbound(&id)?).await?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"mail-{id}.eml\"")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
    ];
    Ok((headers, content).into_response())
}

/// What was spoken; browsers ask for a part of it where somebody moves to the middle.
pub async fn audio(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (kind, content) = mail_in::audio(&app, &caller.desk()?, inbound(&id)?).await?;
    let wanted = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let length = content.len();
    let mut response = match wanted.map(|wanted| part(wanted, length)) {
        None | Some(Wanted::All) => content.into_response(),
        Some(Wanted::Part(from, until)) => {
            let piece = content.get(from..=until).unwrap_or_default().to_vec();
            let said = [(header::CONTENT_RANGE, format!("bytes {from}-{until}/{length}"))];
            (StatusCode::PARTIAL_CONTENT, said, piece).into_response()
        }
        Some(Wanted::Beyond) => {
            let said = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, said).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    Ok(response)
}

fn inbound(id: &str) -> Result<InboundMailId, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

/// Which part of a file is wanted (RFC 9110, 14.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    /// From a byte to another one, both of them too.
    Part(usize, usize),
    /// Nothing of it.
    Beyond,
}

fn part(range: &str, length: usize) -> Wanted {
    let spelled = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    // Several parts at once, or another unit: all of it is a right answer.
    let Some((from, until)) = spelled else { return Wanted::All };
    let last = length.saturating_sub(1);
    match (from.trim().parse::<usize>(), until.trim().parse::<usize>()) {
        (Ok(from), _) if from > last || length == 0 => Wanted::Beyond,
        (Ok(from), Ok(until)) if until < from => Wanted::All,
        (Ok(from), Ok(until)) => Wanted::Part(from, until.min(last)),
        (Ok(from), Err(_)) if until.trim().is_empty() => Wanted::Part(from, last),
        (Err(_), Ok(0)) if from.trim().is_empty() => Wanted::Beyond,
        (Err(_), Ok(end)) if from.trim().is_empty() && length > 0 => Wanted::Part(length.saturating_sub(end), last),
        _ => Wanted::All,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, part};

    #[test]
    fn a_part_of_a_file_is_what_was_asked_for() {
        for (range, wanted) in [
            ("bytes=0-", Wanted::Part(0, 9)),
            ("bytes=2-4", Wanted::Part(2, 4)),
            ("bytes=2-99", Wanted::Part(2, 9)),
            ("bytes=-3", Wanted::Part(7, 9)),
            ("bytes=-99", Wanted::Part(0, 9)),
            ("bytes=10-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=4-2", Wanted::All),
            ("bytes=0-1,4-5", Wanted::All),
            ("lines=0-1", Wanted::All),
            ("bytes=a-b", Wanted::All),
        ] {
            assert_eq!(part(range, 10), wanted, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Wanted::Beyond);
    }
}
