//! Forms with a key, on their way to their server functions: one that comes again with another content is told so, instead of being
//! answered as done (design, Forms). Without a key there is nothing to tell: a form that saves what is kept says it anew.

use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State},
    http::header::LOCATION,
    middleware::Next,
    response::Response,
};
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use super::{
    session::refuse,
    sizes::{LARGEST_CALL, LARGEST_PROBLEM},
};
use crate::{
    api::{line, minutes, money, ordering, people, work},
    model::{
        base::{seen::SEEN_FIELD, site_path::SitePath},
        ordering::attachments::named,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Caller,
        service::people::{
            kept_forms::SECRET_FIELDS,
            sent_forms::{self, Sending, SentForm},
        },
    },
    ui::components::FUNCTION_FIELD,
};

/// The name that a form gives to its rendering.
const KEY: &str = "key";
/// The field that names the files of a form.
const FILES: &str = "attachments";

/// The forms of which the first content counts, and in which field each has its key.
const FIRST_COUNTS: &[(&str, &str)] = &[
    (line::api_tokens::MakeToken::PATH, KEY),
    (line::api_tokens::MakeCustomerToken::PATH, KEY),
    (line::catalogue_changes::MakeCatalogueChange::PATH, "id"),
    (line::setting_changes::MakeLineChange::PATH, "id"),
    (minutes::contracts::AddContract::PATH, KEY),
    (minutes::contracts::AmendContract::PATH, KEY),
    (minutes::contracts::WithdrawAmendment::PATH, KEY),
    (minutes::contracts::SetContractValidity::PATH, KEY),
    (money::fees::CreditFee::PATH, KEY),
    (money::payment_plans::AgreePlan::PATH, KEY),
    (money::receivables::WriteOff::PATH, KEY),
    (money::sales::Refund::PATH, KEY),
    (money::sales::CreditReturned::PATH, KEY),
    (money::sales::DocumentWonBack::PATH, KEY),
    (money::subscriptions::Subscribe::PATH, "id"),
    (money::unmatching::UndoMatch::PATH, KEY),
    (ordering::conversations::WriteMessage::PATH, KEY),
    (ordering::conversations::ReplyToCustomer::PATH, KEY),
    (ordering::earlier::TakeEarlier::PATH, KEY),
    (ordering::editing::SaveDetails::PATH, KEY),
    (ordering::feeds::MakeFeed::PATH, KEY),
    (ordering::outages::OpenOutage::PATH, "outage"),
    (ordering::outages::TellOutage::PATH, KEY),
    (ordering::outages::ResolveOutage::PATH, KEY),
    (ordering::requests::MoveAppointment::PATH, KEY),
    (ordering::requests::CancelRequest::PATH, KEY),
    (people::colleagues::InviteColleague::PATH, KEY),
    (people::customers::AddCustomer::PATH, KEY),
    (people::members::AddMember::PATH, KEY),
    (work::attempts::NoteAttempt::PATH, KEY),
    (work::attempts::CallMissed::PATH, KEY),
    (work::callers::AddCaller::PATH, KEY),
    (work::cases::AddNote::PATH, KEY),
    (work::clock::StartClock::PATH, KEY),
    (work::closing::CloseWork::PATH, KEY),
    (work::contests::DecideContest::PATH, KEY),
    (work::corrections::CorrectSegment::PATH, KEY),
    (work::dispatch::SetTime::PATH, KEY),
    (work::dispatch::Reassign::PATH, KEY),
    (work::dispatch::CancelForCustomer::PATH, KEY),
    (work::dispatch::Reclassify::PATH, KEY),
    (work::dispatch::FollowUp::PATH, KEY),
    (work::intake::WriteCall::PATH, KEY),
    (work::lanes::CustomerCalled::PATH, KEY),
    (work::merging::MergeRequests::PATH, KEY),
    (work::pushes::TryPush::PATH, KEY),
    (work::readiness::SayReady::PATH, KEY),
    (work::readiness::BeLater::PATH, KEY),
    (work::reopening::ReopenWork::PATH, KEY),
    (work::report_blocks::SaveReportBlock::PATH, KEY),
    (work::splitting::SplitSegment::PATH, KEY),
    (work::webhooks::AddWebhook::PATH, "id"),
    (work::webhooks::RotateWebhook::PATH, KEY),
    (work::webhooks::TestWebhook::PATH, KEY),
];

/// Those of visitors, of which the latest content counts until the mailed link is followed.
const LATEST_COUNTS: &[&str] = &[people::registrations::BeginRegistration::PATH, ordering::visitors::BeginVisit::PATH];

/// Every form with a key, by the path of its server function, and the field of the key where the first content counts.
pub fn table() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let first = FIRST_COUNTS.iter().map(|&(function, field)| (function, Some(field)));
    first.chain(LATEST_COUNTS.iter().map(|&function| (function, None)))
}

/// In which field a form has its key, of which the first content counts.
pub fn key_field(function: &str) -> Option<&'static str> {
    table().find_map(|(path, field)| field.filter(|_| path == function))
}

/// Lets a form pass that says the same as ever, and notes what becomes of it.
pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let called = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let keyed =
        table().find(|(function, _)| *function == called).and_then(|(function, field)| Some((function, field?)));
    let login = request.extensions().get::<Caller>().and_then(|caller| Some(caller.session().ok()?.login));
    let (Some((function, field)), Some(login)) = (keyed, login) else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_CALL).await else { return refuse(Problem::TooLarge) };
    let sent = read(function, field, &bytes);
    let passed = Request::from_parts(parts, Body::from(bytes));
    // One without a key is none of ours: its function says so.
    let Some(sent) = sent else { return next.run(passed).await };
    match sent_forms::begin(&app, login, sent).await {
        Ok(sending) => ended(&app, sending, next.run(passed).await).await,
        Err(problem) => refuse(problem),
    }
}

/// What a form says: all that its sender sees, by whichever button it was sent.
fn read<'a>(function: &'a str, field: &str, bytes: &[u8]) -> Option<SentForm<'a>> {
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).ok()?;
    let value = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let key: Uuid = value(field)?.parse().ok()?;
    let files = named(value(FILES).unwrap_or_default());
    let is_said =
        |name: &str| ![field, FILES, FUNCTION_FIELD, SEEN_FIELD].contains(&name) && !SECRET_FIELDS.contains(&name);
    let said = fields.into_iter().filter(|(name, value)| is_said(name) && !value.is_empty());
    // An end of a line is the same however a browser sends it.
    let said = said.map(|(name, value)| (name, value.replace("\r\n", "\n")));
    Some(SentForm { function, key, fields: said.collect(), files })
}

/// Notes what became of a form: where it led, or that it was refused. Where nobody can say, it may have been carried out.
async fn ended(app: &App, sending: Sending, response: Response) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).and_then(SitePath::parse);
        if let Some(page) = to {
            warn(sent_forms::done(app, sending, page.as_str()).await);
        }
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_PROBLEM).await else { return refuse(Problem::Unavailable) };
    if serde_json::from_slice::<Problem>(&bytes).is_ok_and(|problem| problem.status() < 500) {
        warn(sent_forms::refused(app, sending).await);
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn warn(noted: Result<(), Problem>) {
    if let Err(problem) = noted {
        tracing::warn!(%problem, "what became of a form is not known");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(form: &str) -> Option<Vec<(String, String)>> {
        read("/api/x", KEY, form.as_bytes()).map(|sent| {
            let mut fields = sent.fields;
            fields.sort();
            fields
        })
    }

    #[test]
    fn what_nobody_sees_and_what_is_not_filled_in_is_not_said() {
        let key = Uuid::from_u128(7);
        let first =
            said(&format!("call=%2Fapi%2Fx&seen=1+a&key={key}&name=Jana&note=a%0D%0Ab&ticked=")).expect("a key");
        let again = said(&format!("note=a%0Ab&name=Jana&key={key}&seen=2+b&password=x")).expect("a key");
        assert_eq!(first, again);
        assert_ne!(first, said(&format!("key={key}&name=Eva&note=a%0Ab")).expect("a key"));
        assert_eq!(said("name=Jana"), None);
        assert_eq!(said("key=x&name=Jana"), None);
    }
}
