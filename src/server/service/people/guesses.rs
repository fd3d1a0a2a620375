//! How guessing of passwords is bounded without anybody being locked out by it (design, Sign-in).
//!
//! Who signs in from a browser in which they have done so before is counted by that browser alone, so no stranger stands in
//! their way. All others are counted by account and network, by network, and by account. The first two end an attempt:
//! whoever is meant has failed there or has neighbours who have. The last, which strangers can fill from anywhere, only makes
//! attempts wait for each other.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    model::{base::ids::LoginId, problem::Problem},
    server::{
        app::App,
        auth::{
            Client,
            tokens::{Token, sha256},
        },
        db::{
            DbError, Tx,
            people::guesses::{self, Failures, Subject},
        },
    },
};

/// How long failed attempts count.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How many a known browser may have for its account in that time.
const PER_DEVICE: i64 = 10;
/// How many an account may have from one network.
const PER_ACCOUNT_AND_NETWORK: i64 = 10;
/// How many a network may have over all accounts: a school behind one address has many people.
const PER_NETWORK: i64 = 60;
/// How many an account may have from anywhere before attempts on it wait for each other.
const PER_ACCOUNT: i64 = 100;
/// How far apart such attempts are looked at: the most that can be guessed is some 17,000 passwords a day.
const APART: TimeDelta = TimeDelta::seconds(5);
/// How long one of them may wait for its turn.
const LONGEST_WAIT: TimeDelta = TimeDelta::seconds(20);
/// How long a browser stays known without being used.
const DEVICE_LIFE: TimeDelta = TimeDelta::days(365);
/// How many browsers are known of each person.
const MOST_DEVICES: i64 = 20;

/// An attempt to sign in that may be looked at.
pub struct Attempt {
    id: Uuid,
    /// What a right password clears.
    own: Subject,
    /// When it may be looked at.
    pub turn: DateTime<Utc>,
}

/// An account as attempts on it are counted, whether or not there is such a sign-in.
#[must_use]
pub fn account(email: &str) -> Subject {
    sha256(email.as_bytes())
}

/// How many attempts to sign in with an address have failed of late, and still count.
///
/// # Errors
/// When the database fails.
pub async fn failed_attempts(tx: &mut Tx, email: &str, now: DateTime<Utc>) -> Result<u32, DbError> {
    guesses::failed_attempts(tx, &account(email), now - WINDOW).await
}

/// Lets an attempt to sign in pass and notes it as failed, before its password is looked at: many guesses at once count as many.
///
/// # Errors
/// [`Problem::Throttled`] after too many of them.
pub async fn admit(
    app: &App,
    tx: &mut Tx,
    client: &Client,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Attempt, Problem> {
    let account = account(email);
    let limits = match known_device(tx, client, Some(email), now).await? {
        Some(device) => vec![(sha256(&[device.hash().0, account].concat()), PER_DEVICE)],
        None => strangers(&account, client.address),
    };
    let mut subjects: Vec<Subject> = limits.iter().map(|(subject, _)| *subject).collect();
    let is_stranger = subjects.len() > 1;
    if is_stranger {
        subjects.push(account);
    }
    let failures = guesses::failures(tx, &subjects, now - WINDOW).await?;
    for (failed, (_, at_most)) in failures.iter().zip(&limits) {
        if failed.count >= *at_most {
            return Err(throttled(failed.first.unwrap_or(now) + WINDOW, now));
        }
    }
    let is_crowded = is_stranger && failures.last().is_some_and(|Failures { count, .. }| *count >= PER_ACCOUNT);
    let turn = if is_crowded {
        let turn = guesses::take_turn(tx, &account, now, APART, now + LONGEST_WAIT).await?;
        turn.ok_or_else(|| throttled(now + LONGEST_WAIT, now))?
    } else {
        now
    };
    let id = app.random.uuid();
    guesses::note_failure(tx, id, &account, &subjects, now).await?;
    Ok(Attempt { id, own: subjects[0], turn })
}

/// Takes an attempt back whose password nobody has looked at: it is no failure.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(app: &App, attempt: &Attempt) -> Result<(), DbError> {
    let mut tx = app.db.system().await?;
    guesses::withdraw(&mut tx, attempt.id).await?;
    Ok(tx.commit().await?)
}

/// Takes an attempt back whose password was right, and what had failed before in the same place; the browser is known from now
/// on. Returns what it is known by.
///
/// # Errors
/// When the database fails.
pub async fn succeed(
    app: &App,
    tx: &mut Tx,
    client: &Client,
    attempt: &Attempt,
    login: LoginId,
    now: DateTime<Utc>,
) -> Result<Token, DbError> {
    guesses::take_back_failure(tx, attempt.id, &attempt.own).await?;
    remember(app, tx, client, login, now).await
}

/// Lets the browser be known from now on, in which somebody has proved who they are. Returns what it is known by.
///
/// # Errors
/// When the database fails.
pub async fn remember(
    app: &App,
    tx: &mut Tx,
    client: &Client,
    login: LoginId,
    now: DateTime<Utc>,
) -> Result<Token, DbError> {
    // Only what we have given out ourselves, or a browser could be made known that somebody else prepared.
    let device = known_device(tx, client, None, now).await?.unwrap_or_else(|| Token::new(&app.random));
    guesses::remember_device(tx, device.hash(), login, now, MOST_DEVICES).await?;
    Ok(device)
}

/// Forgets what no longer counts.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    guesses::sweep(tx, now - WINDOW, now - DEVICE_LIFE).await
}

async fn known_device(
    tx: &mut Tx,
    client: &Client,
    email: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<Token>, DbError> {
    let Some(device) = &client.device else { return Ok(None) };
    let is_known = guesses::is_known_device(tx, device.hash(), email, now - DEVICE_LIFE).await?;
    Ok(is_known.then(|| device.clone()))
}

/// What ends the attempts of a browser that is not known, each with how often it may fail; the narrowest first.
fn strangers(account: &Subject, address: Option<IpAddr>) -> Vec<(Subject, i64)> {
    let networks = networks(address);
    let here = networks
        .iter()
        .map(|(network, share)| (sha256(&[*account, *network].concat()), PER_ACCOUNT_AND_NETWORK * share));
    let anybody = networks.iter().map(|(network, share)| (*network, PER_NETWORK * share));
    here.chain(anybody).collect()
}

/// The narrowest network of an address.
#[must_use]
pub fn network(address: Option<IpAddr>) -> Subject {
    networks(address)[0].0
}

/// The networks of an address, the narrowest first, each with how many times as often as that it may fail. Of IPv6, one client
/// has a /64 whole, most a /56 and some a /48, in which others may be neighbours.
fn networks(address: Option<IpAddr>) -> Vec<(Subject, i64)> {
    match address.map(|address| address.to_canonical()) {
        None => vec![([0; 32], 1)],
        Some(IpAddr::V4(address)) => vec![(sha256(&address.octets()), 1)],
        Some(IpAddr::V6(address)) => {
            [(8, 1), (7, 2), (6, 4)].map(|(bytes, share)| (sha256(&address.octets()[..bytes]), share)).into()
        }
    }
}

fn throttled(free_at: DateTime<Utc>, now: DateTime<Utc>) -> Problem {
    Problem::Throttled { retry_after_s: u32::try_from((free_at - now).num_seconds().max(1)).unwrap_or(1) }
}

#[cfg(test)]
mod tests {
    use super::networks;

    #[test]
    fn ipv6_addresses_of_one_site_are_one_network() {
        let of = |address: &str| networks(Some(address.parse().unwrap()));
        let shared = |one: &str, other: &str| of(one).iter().zip(of(other)).filter(|(a, b)| **a == *b).count();
        assert_eq!(shared("2001:db8:1:1::1", "2001:db8:1:1::2"), 3, "the same /64");
        assert_eq!(shared("2001:db8:1:1::1", "2001:db8:1:2::1"), 2, "the same /56");
        assert_eq!(shared("2001:db8:1:1::1", "2001:db8:1:100::1"), 1, "the same /48");
        assert_eq!(shared("2001:db8:1:1::1", "2001:db8:2:1::1"), 0);
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    }
}
