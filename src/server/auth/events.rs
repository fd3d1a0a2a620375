//! Security events: who did or tried what, and from where. One function writes all of them, under a target of its own, so that
//! they can be kept apart from the rest of the log and for longer.
//!
//! They are no table: whoever is not signed in causes most of them, at no cost, and would fill it.

use std::{net::IpAddr, sync::OnceLock};

use chrono::{DateTime, SecondsFormat, Utc};
use tracing::{Span, field};

use crate::model::base::ids::{ApiTokenId, CustomerId, LoginId, MemberId, StaffId};

/// The target of every security event in the log.
pub const TARGET: &str = "linka::security";

tokio::task_local! {
    static ORIGIN: Origin;
}

/// Where a request comes from, and who sent it as far as that is known.
#[derive(Debug)]
struct Origin {
    address: Option<IpAddr>,
    at: DateTime<Utc>,
    login: OnceLock<LoginId>,
    token: OnceLock<ApiTokenId>,
}

/// Runs `future` as the request of an address that came at `at`.
pub async fn scope<F: Future>(address: Option<IpAddr>, at: DateTime<Utc>, future: F) -> F::Output {
    ORIGIN.scope(Origin { address, at, login: OnceLock::new(), token: OnceLock::new() }, future).await
}

/// Who is behind what is done now, as the database's audit reads it: `<login>/<address>/<time>`, each as far as it is known.
/// Numbers and punctuation of ours only: nothing of it was typed by anybody. None where no request is under way.
#[must_use]
pub fn origin() -> Option<String> {
    let in_words = |origin: &Origin| {
        let login = origin.login.get().map(ToString::to_string).unwrap_or_default();
        let address = origin.address.map(|address| address.to_string()).unwrap_or_default();
        format!("{login}/{address}/{}", origin.at.to_rfc3339_opts(SecondsFormat::Micros, true))
    };
    ORIGIN.try_with(in_words).ok()
}

/// Says whose request is under way.
pub fn caller_is(login: LoginId) {
    // A form that is answered with its page is looked at twice, for the same person.
    let _ = ORIGIN.try_with(|origin| origin.login.set(login));
    Span::current().record("login", field::display(login));
}

/// Says which program's request is under way.
pub fn program_is(token: ApiTokenId) {
    let _ = ORIGIN.try_with(|origin| origin.token.set(token));
    Span::current().record("token", field::display(token));
}

/// By which token a program does what is done now; none where people do it, or nobody.
#[must_use]
pub fn acting_token() -> Option<ApiTokenId> {
    ORIGIN.try_with(|origin| origin.token.get().copied()).ok().flatten()
}

/// The account of which somebody says that it is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed<'a> {
    /// There is such a sign-in.
    Login(LoginId),
    /// There is none. What was typed may be anything, a password too: only its [hash](super::tokens::hmac_sha256) with the key of
    /// this installation is told, so that the tries on one account are known as such and nobody guesses what it was.
    Unknown(&'a [u8; 32]),
}

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityEvent<'a> {
    /// Somebody has signed in.
    SignedIn(LoginId),
    /// Somebody who is signed in has proved anew who they are.
    Confirmed(LoginId),
    /// Somebody has turned a second factor on.
    FactorAdded(LoginId),
    /// The second factors of somebody are forgotten.
    FactorRemoved(LoginId),
    /// Somebody could not sign in.
    SignInFailed(Claimed<'a>),
    /// An attempt to sign in was not looked at: there were too many.
    SignInThrottled(Claimed<'a>),
    /// Staff have forgotten the failures of an account.
    SignInUnlocked(Claimed<'a>),
    /// Another provider did not sign somebody in.
    ProviderRefused,
    /// The caller may not do that.
    Forbidden,
    /// Another site sent the request.
    CrossSiteRefused,
    /// Too many forms were sent within a minute.
    RateLimited,
    /// A customer's address on documents has changed.
    AddressChanged(CustomerId),
    /// A customer has become trusted to pay later.
    TrustGiven(CustomerId),
    /// A customer is no longer trusted to pay later.
    TrustTaken(CustomerId),
    /// A customer may neither order nor buy any more.
    CustomerBlocked(CustomerId),
    /// A customer may order and buy again.
    CustomerUnblocked(CustomerId),
    /// A customer that came in by itself is confirmed, and may order what is urgent.
    CustomerConfirmed(CustomerId),
    /// Somebody is a customer no more.
    CustomerLeft(CustomerId),
    /// Somebody is a customer again.
    CustomerReturned(CustomerId),
    /// A person of a customer was added.
    MemberAdded(MemberId),
    /// What a person of a customer is called, may do or is told was written.
    MemberChanged(MemberId),
    /// A person of a customer is gone.
    MemberLeft(MemberId),
    /// A person of a customer is there again.
    MemberReturned(MemberId),
    /// A person of a customer is erased.
    MemberErased(MemberId),
    /// A person of the vendor was invited.
    StaffInvited(StaffId),
    /// What a person of the vendor is called, does or knows was written.
    StaffChanged(StaffId),
    /// A person of the vendor signs in with another address.
    StaffAddressChanged(StaffId),
    /// A person of the vendor does not work here any more.
    StaffLeft(StaffId),
    /// A person of the vendor works here again.
    StaffReturned(StaffId),
    /// A token was made by which a program of a customer lets itself in.
    TokenMade(CustomerId),
    /// Such a token was taken back.
    TokenRevoked(CustomerId),
    /// A program showed a token that is not good.
    TokenRefused,
    /// A new link was made by which a person chooses a password.
    PasswordLinkMade(LoginId),
    /// A link was mailed by which somebody signs in.
    SignInLinkMade(LoginId),
    /// Somebody has chosen a password.
    PasswordChosen(LoginId),
    /// Somebody wants to sign in with another address.
    OwnAddressAsked(LoginId),
    /// Somebody signs in with another address, to which both mailboxes have agreed.
    OwnAddressChanged(LoginId),
    /// Staff have signed somebody out everywhere.
    SessionsEnded(LoginId),
    /// A lot of rows of another system was taken over.
    Imported,
    /// What is kept of one customer, or of all, was written out.
    Exported,
    /// A person was given all that is kept of them.
    OwnDataGiven(LoginId),
}

impl SecurityEvent<'_> {
    /// Its stable code, by which logs are searched.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SignedIn(_) => "signed_in",
            Self::Confirmed(_) => "confirmed",
            Self::FactorAdded(_) => "factor_added",
            Self::FactorRemoved(_) => "factor_removed",
            Self::SignInFailed(_) => "sign_in_failed",
            Self::SignInThrottled(_) => "sign_in_throttled",
            Self::SignInUnlocked(_) => "sign_in_unlocked",
            Self::ProviderRefused => "provider_refused",
            Self::Forbidden => "forbidden",
            Self::CrossSiteRefused => "cross_site_refused",
            Self::RateLimited => "rate_limited",
            Self::AddressChanged(_) => "address_changed",
            Self::TrustGiven(_) => "trust_given",
            Self::TrustTaken(_) => "trust_taken",
            Self::CustomerBlocked(_) => "customer_blocked",
            Self::CustomerUnblocked(_) => "customer_unblocked",
            Self::CustomerConfirmed(_) => "customer_confirmed",
            Self::CustomerLeft(_) => "customer_left",
            Self::CustomerReturned(_) => "customer_returned",
            Self::MemberAdded(_) => "member_added",
            Self::MemberChanged(_) => "member_changed",
            Self::MemberLeft(_) => "member_left",
            Self::MemberReturned(_) => "member_returned",
            Self::MemberErased(_) => "member_erased",
            Self::StaffInvited(_) => "staff_invited",
            Self::StaffChanged(_) => "staff_changed",
            Self::StaffAddressChanged(_) => "staff_address_changed",
            Self::StaffLeft(_) => "staff_left",
            Self::StaffReturned(_) => "staff_returned",
            Self::TokenMade(_) => "token_made",
            Self::TokenRevoked(_) => "token_revoked",
            Self::TokenRefused => "token_refused",
            Self::PasswordLinkMade(_) => "password_link_made",
            Self::SignInLinkMade(_) => "sign_in_link_made",
            Self::PasswordChosen(_) => "password_chosen",
            Self::OwnAddressAsked(_) => "own_address_asked",
            Self::OwnAddressChanged(_) => "own_address_changed",
            Self::SessionsEnded(_) => "sessions_ended",
            Self::Imported => "imported",
            Self::Exported => "exported",
            Self::OwnDataGiven(_) => "own_data_given",
        }
    }

    /// Whether somebody was turned away.
    const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::SignInFailed(_)
                | Self::SignInThrottled(_)
                | Self::ProviderRefused
                | Self::TokenRefused
                | Self::Forbidden
                | Self::CrossSiteRefused
                | Self::RateLimited
        )
    }

    /// What it is about, beside whoever did it.
    fn subject(&self) -> Option<String> {
        match self {
            Self::SignedIn(login)
            | Self::Confirmed(login)
            | Self::FactorAdded(login)
            | Self::FactorRemoved(login)
            | Self::PasswordChosen(login)
            | Self::PasswordLinkMade(login)
            | Self::SignInLinkMade(login)
            | Self::OwnAddressAsked(login)
            | Self::OwnAddressChanged(login)
            | Self::SessionsEnded(login)
            | Self::OwnDataGiven(login)
            | Self::SignInFailed(Claimed::Login(login))
            | Self::SignInThrottled(Claimed::Login(login))
            | Self::SignInUnlocked(Claimed::Login(login)) => Some(format!("login {login}")),
            Self::SignInFailed(Claimed::Unknown(account))
            | Self::SignInThrottled(Claimed::Unknown(account))
            | Self::SignInUnlocked(Claimed::Unknown(account)) => {
                Some(format!("account {}", hex::encode(&account[..8])))
            }
            Self::AddressChanged(customer)
            | Self::TrustGiven(customer)
            | Self::TrustTaken(customer)
            | Self::CustomerBlocked(customer)
            | Self::CustomerUnblocked(customer)
            | Self::CustomerConfirmed(customer)
            | Self::CustomerLeft(customer)
            | Self::TokenMade(customer)
            | Self::TokenRevoked(customer)
            | Self::CustomerReturned(customer) => Some(format!("customer {customer}")),
            Self::MemberAdded(person)
            | Self::MemberChanged(person)
            | Self::MemberLeft(person)
            | Self::MemberReturned(person)
            | Self::MemberErased(person) => Some(format!("member {person}")),
            Self::StaffInvited(person)
            | Self::StaffChanged(person)
            | Self::StaffAddressChanged(person)
            | Self::StaffLeft(person)
            | Self::StaffReturned(person) => Some(format!("staff {person}")),
            Self::ProviderRefused
            | Self::TokenRefused
            | Self::Forbidden
            | Self::CrossSiteRefused
            | Self::RateLimited
            | Self::Imported
            | Self::Exported => None,
        }
    }
}

/// Writes a security event into the log. What it reports has been done, or refused, for good: it is called once, after that.
pub fn record(event: SecurityEvent<'_>) {
    let (address, login) = ORIGIN.try_with(|origin| (origin.address, origin.login.get().copied())).unwrap_or_default();
    let (code, subject) = (event.code(), event.subject());
    let address = address.map(field::display);
    let login = login.map(field::display);
    if event.is_refusal() {
        tracing::warn!(target: TARGET, event = code, subject, login, address, "security");
    } else {
        tracing::info!(target: TARGET, event = code, subject, login, address, "security");
    }
}
