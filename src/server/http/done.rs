//! The word of success after a form: its code travels in a cookie to the page to which the form led, which shows it once.
//!
//! A page that is opened again, by Back or by hand, says nothing: the cookie is gone with the first answer. It is bound to the
//! page's path and lasts for a minute, so that no other tab takes it. Nobody signs it: whoever could write it would make a page
//! say one of our own few words, and nothing else.
//!
//! Which form says what stands in [`table`]; the server functions say nothing of it.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method,
        header::{CACHE_CONTROL, LOCATION, SET_COOKIE},
    },
    middleware::Next,
    response::Response,
};
use cookie::{Cookie, SameSite, time::Duration};
use leptos::server_fn::ServerFn;

use super::session;
use crate::{
    api::{line, mails, minutes, money, ordering, people, work},
    model::base::{done::Done, site_path::SitePath},
    server::{app::App, request::follows_news},
    ui::JustDone,
};

/// The name of the cookie by which a page is told. It is of that page alone, which `__Host-` forbids.
fn cookie_name(app: &App) -> &'static str {
    if app.settings.https { "__Secure-linka-done" } else { "linka-done" }
}

/// The page is asked for at once.
const LASTS: Duration = Duration::minutes(1);

/// The forms that say something.
const SAYING: &[(Done, &[&str])] = &[
    (
        Done::Saved,
        &[
            line::catalogue_changes::MakeCatalogueChange::PATH,
            line::closures::CloseLine::PATH,
            line::licences::SaveLicence::PATH,
            line::licences::SaveComputer::PATH,
            line::licences::KeepOwnComputer::PATH,
            line::embed::SaveEmbed::PATH,
            line::limits::SaveLimits::PATH,
            line::notice::PutNotice::PATH,
            line::plans::ChangePlan::PATH,
            line::plans::EnterAbsence::PATH,
            line::plans::CallInSick::PATH,
            line::programs::SaveProgram::PATH,
            line::public_text::SavePublicText::PATH,
            line::everyday_words::SaveEverydayWords::PATH,
            line::regions::SaveRegion::PATH,
            line::setting_changes::MakeLineChange::PATH,
            line::tiers::RenameTier::PATH,
            line::work_types::DescribeWorkType::PATH,
            line::work_types::RenameSkill::PATH,
            minutes::contracts::AmendContract::PATH,
            minutes::contracts::SetContractValidity::PATH,
            minutes::contracts::AttachContractFile::PATH,
            money::accounting::LockVatPeriod::PATH,
            money::accounting::UnlockVatPeriod::PATH,
            money::fees::BeginFees::PATH,
            money::fees::CreditFee::PATH,
            money::balances::WriteOffDifference::PATH,
            money::balances::ReturnBalance::PATH,
            money::balances::SpendBalance::PATH,
            money::balances::UndoDecision::PATH,
            money::payment_plans::AgreePlan::PATH,
            money::payment_plans::EndPlan::PATH,
            money::payment_reminders::SavePaymentStage::PATH,
            money::payment_reminders::SaveReceivableRule::PATH,
            money::price_list::ChangeBundle::PATH,
            money::price_list::RetireBundle::PATH,
            money::receivables::SetCreditLimit::PATH,
            money::receivables::WriteOff::PATH,
            money::sales::AssignPayment::PATH,
            money::sales::SetAsidePayment::PATH,
            money::sales::ResolveAlert::PATH,
            money::sales::DecideReversal::PATH,
            money::sales::Refund::PATH,
            money::sales::RefundPaid::PATH,
            money::sales::CreditReturned::PATH,
            money::sales::DocumentWonBack::PATH,
            money::series::BeginSeries::PATH,
            money::series::SetPattern::PATH,
            money::series::RemovePattern::PATH,
            money::supplier::SaveCompany::PATH,
            money::unmatching::UndoMatch::PATH,
            money::vat::SaveVat::PATH,
            ordering::conversations::NeedNoAnswer::PATH,
            ordering::editing::SaveDetails::PATH,
            ordering::outages::SaveOutage::PATH,
            people::customers::SaveCustomer::PATH,
            people::registrations::ConfirmCustomer::PATH,
            people::second_factors::TurnOffSecondFactor::PATH,
            people::providers::RequireProvider::PATH,
            people::providers::ReleaseDomain::PATH,
            people::staff::ForgetStaffFactor::PATH,
            people::members::ForgetMemberFactor::PATH,
            people::customers::BlockCustomer::PATH,
            people::customers::UnblockCustomer::PATH,
            people::customers::SetCustomerActive::PATH,
            people::customers::SetTrusted::PATH,
            people::colleagues::SaveColleague::PATH,
            people::members::SaveMember::PATH,
            people::members::SetMemberActive::PATH,
            people::staff::SaveStaff::PATH,
            people::staff::ChangeStaffAddress::PATH,
            people::staff::SetStaffActive::PATH,
            work::attempts::NoteAttempt::PATH,
            work::attempts::CallMissed::PATH,
            work::cases::AddNote::PATH,
            work::ceiling::RecordConsent::PATH,
            work::contests::RemarkOnContest::PATH,
            work::contests::DecideContest::PATH,
            work::corrections::CorrectSegment::PATH,
            work::splitting::SplitSegment::PATH,
            work::report_blocks::SaveReportBlock::PATH,
            work::lanes::HandOver::PATH,
            work::lanes::CustomerCalled::PATH,
            work::lanes::PutOff::PATH,
            work::lanes::PutOffUntil::PATH,
            work::mail_in::DismissMail::PATH,
            work::mail_in::RevokeReplies::PATH,
            work::mail_in::SaveVoicePatterns::PATH,
            work::teamviewer::SaveTeamviewer::PATH,
            work::remote_sessions::GiveSession::PATH,
            work::connection_reports::ChooseVisit::PATH,
            work::webhooks::SaveWebhook::PATH,
            work::wishes::SaveWishes::PATH,
        ],
    ),
    (
        Done::Added,
        &[
            line::api_tokens::MakeToken::PATH,
            line::api_tokens::MakeCustomerToken::PATH,
            line::programs::AddProgram::PATH,
            line::programs::AddVersion::PATH,
            line::regions::AddRegion::PATH,
            line::tiers::AddTier::PATH,
            line::work_types::AddWorkType::PATH,
            line::work_types::AddSkill::PATH,
            minutes::contracts::AddContract::PATH,
            money::price_list::AddBundle::PATH,
            ordering::outages::JoinOutage::PATH,
            people::customers::AddCustomer::PATH,
            people::members::AddMember::PATH,
            people::staff::InviteStaff::PATH,
            people::passkeys::AddPasskey::PATH,
            work::pushes::AddDevice::PATH,
            work::webhooks::AddWebhook::PATH,
        ],
    ),
    (
        Done::Removed,
        &[
            line::api_tokens::RevokeToken::PATH,
            line::api_tokens::RevokeCustomerToken::PATH,
            ordering::feeds::EndFeed::PATH,
            line::closures::OpenLine::PATH,
            line::licences::RemoveLicence::PATH,
            line::licences::RemoveComputer::PATH,
            line::notice::RemoveNotice::PATH,
            line::plans::RemoveException::PATH,
            line::programs::RemoveVersion::PATH,
            line::regions::DeleteRegion::PATH,
            people::passkeys::RemovePasskey::PATH,
            line::work_types::DeleteSkill::PATH,
            people::colleagues::RemoveColleague::PATH,
            people::registrations::DeclineAccess::PATH,
            minutes::contracts::RemoveContractFile::PATH,
            money::vat::RemoveVat::PATH,
            ordering::attachments::DropFiles::PATH,
            ordering::outages::LeaveOutage::PATH,
            work::pushes::RemoveDevice::PATH,
            work::report_blocks::DeleteReportBlock::PATH,
        ],
    ),
    (
        Done::Withdrawn,
        &[
            ordering::undoing::UndoOrder::PATH,
            line::catalogue_changes::WithdrawCatalogueChange::PATH,
            line::setting_changes::WithdrawLineChange::PATH,
            minutes::contracts::WithdrawAmendment::PATH,
        ],
    ),
    (
        Done::Reordered,
        &[
            line::regions::MoveRegionUp::PATH,
            line::tiers::MoveTierUp::PATH,
            money::price_list::MoveBundleUp::PATH,
            work::report_blocks::StepReportBlock::PATH,
        ],
    ),
    (
        Done::CarriedOut,
        &[
            ordering::outages::LiftMinimum::PATH,
            ordering::outages::ResolveOutage::PATH,
            ordering::outages::TellOutage::PATH,
            ordering::redistribution::Redistribute::PATH,
            ordering::redistribution::LetGo::PATH,
            people::erasure::EraseMember::PATH,
            people::mergers::MergeCustomer::PATH,
            work::board::ReleaseReserve::PATH,
            work::dispatch::Reassign::PATH,
            work::dispatch::Reclassify::PATH,
            work::merging::MergeRequests::PATH,
        ],
    ),
    (
        Done::Sent,
        &[
            ordering::conversations::WriteMessage::PATH,
            ordering::conversations::ReplyToCustomer::PATH,
            people::asking::AskToOrder::PATH,
            people::colleagues::InviteColleague::PATH,
            work::contests::ContestSegment::PATH,
            work::ratings::RateWork::PATH,
            work::ratings::AgreeToReceipt::PATH,
            work::pushes::TryPush::PATH,
        ],
    ),
    (
        Done::WillBeSent,
        &[mails::ResendMail::PATH, money::balances::AskForRest::PATH, people::colleagues::ResendInvitation::PATH],
    ),
    (
        Done::SignedOut,
        &[
            people::accounts::EndSession::PATH,
            people::accounts::EndOtherSessions::PATH,
            people::members::EndMemberSessions::PATH,
            people::staff::EndStaffSessions::PATH,
        ],
    ),
    (Done::Unlocked, &[people::members::UnlockMember::PATH, people::staff::UnlockStaff::PATH]),
    (Done::LinkAsked, &[people::links::AskForLink::PATH]),
    (Done::AddressAsked, &[people::addresses::AskForAddress::PATH]),
    (Done::AddressAgreed, &[people::addresses::AgreeToAddress::PATH]),
    (Done::PasswordChanged, &[people::passwords::ChangePassword::PATH]),
    (Done::PasswordChosen, &[people::passwords::ChoosePassword::PATH]),
    (Done::Erased, &[people::erasure::EraseOneself::PATH]),
];

/// Those that say nothing: the page to which they lead shows itself what became of them, or is their next step.
const SHOWN_BY_ITS_PAGE: &[&str] = &[
    line::regions::CheckRegionChange::PATH,
    line::setting_changes::CheckLineChange::PATH,
    line::tiers::CheckTierChange::PATH,
    line::work_types::CheckWorkTypeChange::PATH,
    money::connections::TryMail::PATH,
    money::connections::TryCards::PATH,
    money::purchases::Buy::PATH,
    money::purchases::CompleteAddress::PATH,
    money::purchases::CancelPurchase::PATH,
    money::purchases::PayOtherwise::PATH,
    money::saved_cards::RemoveCard::PATH,
    money::series::PreviewPattern::PATH,
    money::subscriptions::Subscribe::PATH,
    money::subscriptions::ChangeSubscription::PATH,
    money::top_ups::AgreeTopUp::PATH,
    money::top_ups::EndTopUp::PATH,
    money::sales::ImportStatement::PATH,
    money::vat::PreviewVat::PATH,
    ordering::again::OrderAgain::PATH,
    ordering::earlier::AskEarlier::PATH,
    ordering::earlier::DeclineEarlier::PATH,
    ordering::earlier::LeaveEarlier::PATH,
    ordering::earlier::TakeEarlier::PATH,
    ordering::drafts::SaveWish::PATH,
    ordering::drafts::PickSlot::PATH,
    ordering::drafts::ReleaseSlot::PATH,
    ordering::drafts::ConfirmDraft::PATH,
    ordering::drafts::DiscardDraft::PATH,
    ordering::imports::ImportTables::PATH,
    ordering::outages::JoinInstead::PATH,
    ordering::outages::OpenOutage::PATH,
    ordering::requests::MoveAppointment::PATH,
    ordering::requests::CancelRequest::PATH,
    people::accounts::SignIn::PATH,
    people::accounts::SignOut::PATH,
    people::accounts::Confirm::PATH,
    ordering::feeds::MakeFeed::PATH,
    people::second_factors::OfferAuthenticator::PATH,
    people::second_factors::TurnOnAuthenticator::PATH,
    people::second_factors::NewRecoveryCodes::PATH,
    people::second_factors::GiveCode::PATH,
    people::passkeys::BeginPasskey::PATH,
    people::passkeys::BeginPasskeySignIn::PATH,
    people::passkeys::SignInByPasskey::PATH,
    people::accounts::ChooseLanguage::PATH,
    people::kept_forms::KeepUnsent::PATH,
    people::links::SignInByLink::PATH,
    people::members::NewMemberLink::PATH,
    ordering::visitors::BeginVisit::PATH,
    ordering::visitors::PickVisitTime::PATH,
    people::registrations::BeginRegistration::PATH,
    people::registrations::OpenRegistration::PATH,
    people::staff::NewPasswordLink::PATH,
    work::callers::AddCaller::PATH,
    work::ceiling::AnswerConsent::PATH,
    work::connection_reports::ImportConnections::PATH,
    work::pushes::RenewDevice::PATH,
    work::readiness::SayReady::PATH,
    work::readiness::BeLater::PATH,
    work::clock::StartClock::PATH,
    work::clock::PauseClock::PATH,
    work::closing::CloseWork::PATH,
    work::reopening::ReopenWork::PATH,
    work::report_blocks::RestoreReportBlock::PATH,
    work::webhooks::ActOnWebhook::PATH,
    work::webhooks::ReplayWebhook::PATH,
    work::webhooks::RotateWebhook::PATH,
    work::webhooks::TestWebhook::PATH,
    work::dispatch::SetTime::PATH,
    work::dispatch::CancelForCustomer::PATH,
    work::dispatch::FollowUp::PATH,
    work::intake::WriteCall::PATH,
    work::mail_in::AssignMail::PATH,
];

/// Every server function to which a form is sent, by its path, and what it says when it is done.
pub fn table() -> impl Iterator<Item = (&'static str, Option<Done>)> {
    let saying = SAYING.iter().flat_map(|(done, functions)| functions.iter().map(|&function| (function, Some(*done))));
    saying.chain(SHOWN_BY_ITS_PAGE.iter().map(|&function| (function, None)))
}

/// Lets the page to which a form leads say that it is done.
///
/// * `function` – the path of the server function that took the form
/// * `answer` – leads to the page
pub fn say_done(app: &App, function: &str, answer: &mut HeaderMap) {
    let Some((_, Some(done))) = table().find(|(path, _)| *path == function) else { return };
    let to = answer.get(LOCATION).and_then(|location| location.to_str().ok()).and_then(SitePath::parse);
    if let Some(page) = to {
        set(app, path_of(&page), done.code(), LASTS, answer);
    }
}

/// The path of an address, without its query and place.
fn path_of(page: &SitePath) -> &str {
    page.as_str().split(['?', '#']).next().unwrap_or_default()
}

/// A path may hold what ends a cookie; such a page says nothing.
fn set(app: &App, page: &str, code: &str, lasts: Duration, answer: &mut HeaderMap) {
    if page.contains([';', ',', '"']) {
        return;
    }
    let cookie = Cookie::build((cookie_name(app), format!("{code}.{page}")))
        .path(page)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(lasts)
        .secure(app.settings.https)
        .build();
    if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
        answer.append(SET_COOKIE, cookie);
    }
}

/// Shows a page with the word that was brought to it, and takes the cookie away; the word of the pages above it is not its own.
pub async fn show(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let page = request.uri().path().to_owned();
    let brought = session::cookies(request.headers(), cookie_name(&app)).find_map(|cookie| {
        cookie.value().split_once('.').filter(|(_, to)| *to == page).map(|(code, _)| code.to_owned())
    });
    // A page that asks by itself takes the word from nobody who is led here.
    let is_opened = request.method() == Method::GET && !follows_news(request.headers());
    let Some(code) = brought.filter(|_| is_opened) else { return next.run(request).await };
    if let Some(done) = Done::from_code(&code) {
        request.extensions_mut().insert(JustDone(done));
    }
    let mut response = next.run(request).await;
    // What leads on is no page yet.
    if !response.status().is_redirection() {
        set(&app, &page, "", Duration::ZERO, response.headers_mut());
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
