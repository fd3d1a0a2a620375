//! Which program asks: the token that it shows, how often it may ask, and about which request.

use axum::{
    extract::{FromRequestParts, Path, Request, State},
    http::{
        HeaderMap, HeaderValue,
        header::{AUTHORIZATION, WWW_AUTHENTICATE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::problems::Refusal;
use crate::{
    model::{base::numbers::RequestNumber, people::members::Capability, problem::Problem},
    server::{
        app::App,
        auth::{
            Caller, Member,
            events::{self, SecurityEvent},
        },
        service::line::{api_tokens, limits},
    },
};

/// Lets a program in that shows a good token, with what it may do; whatever it asks for is counted.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let admitted = match shown(request.headers()) {
        Some(token) => api_tokens::admit(&app, token).await,
        None => Err(Problem::SignInRequired),
    };
    let (program, caller) = match admitted {
        Ok(admitted) => admitted,
        Err(problem) => return turned_away(problem),
    };
    events::program_is(program.token);
    let Some(caller) = caller else {
        events::record(SecurityEvent::Forbidden);
        return Refusal::NobodyManages.into_response();
    };
    if let Err(problem) = limits::admit_program(&app, program.token).await {
        events::record(SecurityEvent::RateLimited);
        return Refusal::Of(problem).into_response();
    }
    request.extensions_mut().insert(program);
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Proof that a program may read what its customer's people ordered.
pub fn reader(caller: &Caller) -> Result<Member, Problem> {
    let member = caller.member()?;
    let wanted = Capability::SeeAll;
    if member.may(wanted) { Ok(member) } else { Err(Problem::Forbidden { capability: Some(wanted) }) }
}

/// The request that an address names.
pub struct Numbered(pub RequestNumber);

impl<S: Send + Sync> FromRequestParts<S> for Numbered {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let named = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        Ok(Self(named.parse().map_err(|_| Problem::NotFound)?))
    }
}

fn turned_away(problem: Problem) -> Response {
    if problem != Problem::SignInRequired {
        return Refusal::Of(problem).into_response();
    }
    events::record(SecurityEvent::TokenRefused);
    let mut response = Refusal::Of(problem).into_response();
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Linka\""));
    response
}

/// The token of `Authorization: Bearer …`.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_from_its_header_only() {
        let of = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, HeaderValue::from_str(line).expect("a header"));
            shown(&headers).map(str::to_owned)
        };
        assert_eq!(of("Bearer demo-lipova").as_deref(), Some("demo-lipova"));
        assert_eq!(of("bearer  demo-lipova").as_deref(), Some("demo-lipova"));
        assert_eq!(of("Basic ZGVtbw=="), None);
        assert_eq!(of("demo-lipova"), None);
        assert_eq!(shown(&HeaderMap::new()), None);
    }
}
