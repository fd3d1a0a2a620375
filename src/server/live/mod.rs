//! What is told to open pages (design, Live pages). Each process knows what the database has told it, and who of the pages that
//! are open on it listens to what.
//!
//! A page is told that something has changed and no more, so that being told twice costs it a question and nothing else.
//! Everything here leans on that: what may have been missed is told.

mod follow;

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::{Sleep, sleep, timeout},
};

use super::auth::Session;
use crate::{
    model::{base::ids::LoginId, ordering::live::Topic},
    server::db::ordering::live::{KEPT, News},
};

/// How many streams one person may have open in a process; a further one ends the oldest. A page that nobody looks at has none.
const MOST_OF_A_PERSON: usize = 12;
/// How long a stream lasts before the browser asks for another, and so for its rights.
const LASTS: Duration = Duration::from_secs(15 * 60);
/// How soon a page is told again.
const REST: Duration = Duration::from_secs(1);
/// The same of what many people look at who have nothing to do with one another, and over how long they are told one after
/// another, so that they do not all ask at once.
const LONG_REST: Duration = Duration::from_secs(10);
/// In how many groups they are told.
const GROUPS: u32 = 100;

/// What is told to open pages. Cheap to clone: all clones are one.
#[derive(Clone, Default)]
pub struct Live(Arc<Hub>);

struct Hub {
    known: Mutex<Known>,
    /// This process has written something.
    written: Notify,
    /// Some process calls to look.
    called: Notify,
    stopped: watch::Sender<bool>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            written: Notify::new(),
            called: Notify::new(),
            stopped: watch::Sender::new(false),
        }
    }
}

/// What this process knows, and who listens.
#[derive(Default)]
struct Known {
    /// From which position on nothing is missing from what is remembered; none before anything was read.
    complete_from: Option<i64>,
    /// Up to where all is known: see [`News::position`].
    position: i64,
    newest: i64,
    events: BTreeSet<(i64, Topic)>,
    ears: HashMap<Topic, HashMap<u64, Arc<Ear>>>,
    of_persons: HashMap<LoginId, VecDeque<(u64, Arc<Ear>)>>,
    next_ear: u64,
}

/// What one stream has heard and not told yet.
#[derive(Debug, Default)]
struct Ear {
    heard: Mutex<Heard>,
    told: Notify,
}

#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    news: Option<Reach>,
    end: Option<End>,
}

/// Whom news reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// Many at once.
    Wide,
    /// Whoever looks at that one thing, or works at the desk.
    Near,
}

/// Why a stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The browser may come again at once: it has lasted long enough, or this process stops.
    Lasted,
    /// The session has ended.
    SignedOut,
    /// The person has opened too many others.
    TooMany,
}

/// What a stream is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What the page shows has changed.
    Changed,
    /// Nothing more comes.
    End(End),
}

/// One stream that is open; it ends where this is dropped.
pub struct Listening {
    live: Live,
    number: u64,
    person: LoginId,
    topics: Vec<Topic>,
    ear: Arc<Ear>,
    has_told: bool,
    position: Option<i64>,
    lasts: Pin<Box<Sleep>>,
}

impl Live {
    /// From where on a page that is made now has to be told; none before anything was read.
    #[must_use]
    pub fn position(&self) -> Option<i64> {
        let known = self.known();
        known.complete_from.map(|_| known.position)
    }

    /// Opens a stream of what topics are told of.
    ///
    /// * `since` – the position up to which the page knows; what may have come since then is told at once
    #[must_use]
    pub fn open(&self, session: &Session, mut topics: Vec<Topic>, since: Option<i64>) -> Listening {
        topics.push(Topic::Session(session.id));
        let ear = Arc::new(Ear::default());
        let mut known = self.known();
        let number = known.next_ear;
        known.next_ear += 1;
        for topic in &topics {
            known.ears.entry(*topic).or_default().insert(number, ear.clone());
        }
        let missed = since.filter(|since| known.has_missed(*since, &topics));
        if missed.is_some() {
            ear.hear(Reach::Near);
        }
        let position = missed.or(known.complete_from.map(|_| known.position));
        let others = known.of_persons.entry(session.login).or_default();
        if others.len() >= MOST_OF_A_PERSON
            && let Some((_, oldest)) = others.pop_front()
        {
            oldest.end(End::TooMany);
        }
        others.push_back((number, ear.clone()));
        drop(known);
        let (live, person) = (self.clone(), session.login);
        Listening { live, number, person, topics, ear, has_told: false, position, lasts: Box::pin(sleep(LASTS)) }
    }

    /// Says that this process has written something, which may be news.
    pub fn written(&self) {
        self.0.written.notify_one();
    }

    /// Ends all streams, and [`Live::follow`].
    pub fn stop(&self) {
        self.0.stopped.send_replace(true);
    }

    async fn is_stopped(&self) {
        // The sender lives as long as this.
        drop(self.0.stopped.subscribe().wait_for(|stopped| *stopped).await);
    }

    /// Takes in what was read, and tells whoever listens. Whether anything of it is new.
    fn take(&self, news: News) -> bool {
        let mut known = self.known();
        let first = news.events.first().map_or(news.position, |(transaction, _)| *transaction);
        known.complete_from.get_or_insert(first);
        let mut is_new = false;
        for event in news.events {
            if known.events.insert(event) {
                is_new = true;
                known.pass_on(event.1);
            }
        }
        known.position = known.position.max(news.position);
        known.newest = news.newest;
        known.forget_oldest();
        is_new
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn pass_on(&self, topic: Topic) {
        match topic {
            Topic::Everything => self.ears.values().flat_map(HashMap::values).for_each(|ear| ear.hear(Reach::Wide)),
            Topic::Session(_) => self.of(topic).for_each(|ear| ear.end(End::SignedOut)),
            Topic::Plan => self.of(topic).for_each(|ear| ear.hear(Reach::Wide)),
            Topic::Desk | Topic::Request(_) | Topic::Technician(_) | Topic::Customer(_) => {
                self.of(topic).for_each(|ear| ear.hear(Reach::Near));
            }
        }
    }

    fn of(&self, topic: Topic) -> impl Iterator<Item = &Arc<Ear>> {
        self.ears.get(&topic).into_iter().flat_map(HashMap::values)
    }

    /// Whether somebody who knows all up to a position may have missed something. A position that nobody has reached is of another
    /// database, or of a process that has read more: nothing can be said of it.
    fn has_missed(&self, since: i64, topics: &[Topic]) -> bool {
        let is_remembered = self.complete_from.is_some_and(|from| from <= since) && since <= self.newest;
        let concerns = |topic: &Topic| *topic == Topic::Everything || topics.contains(topic);
        !is_remembered || self.events.range((since, Topic::Everything)..).any(|(_, topic)| concerns(topic))
    }

    /// Keeps about as much as the database does.
    fn forget_oldest(&mut self) {
        while self.events.len() > KEPT
            && let Some((oldest, _)) = self.events.pop_first()
        {
            self.complete_from = Some(oldest + 1);
        }
    }
}

impl Ear {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, reach: Reach) {
        let mut heard = self.heard();
        heard.news = heard.news.max(Some(reach));
        drop(heard);
        self.told.notify_one();
    }

    fn end(&self, end: End) {
        self.heard().end.get_or_insert(end);
        self.told.notify_one();
    }

    /// Why it ends, if it does so within a time.
    async fn ends_within(&self, time: Duration) -> Option<End> {
        let ends = async {
            loop {
                if let Some(end) = self.heard().end {
                    return end;
                }
                self.told.notified().await;
            }
        };
        timeout(time, ends).await.ok()
    }

    /// The next that is to be told, which stays so until it is forgotten; what comes while this waits is told with it.
    ///
    /// * `rest` – how long to wait before anything is told
    /// * `turn` – how much longer to wait with what reaches many
    async fn next(&self, rest: Option<Duration>, turn: Duration) -> Told {
        if let Some(rest) = rest
            && let Some(end) = self.ends_within(rest).await
        {
            return Told::End(end);
        }
        loop {
            let Heard { news, end } = *self.heard();
            match (end, news) {
                (Some(end), _) => return Told::End(end),
                (None, Some(reach)) => {
                    if reach == Reach::Wide
                        && let Some(end) = self.ends_within(turn).await
                    {
                        return Told::End(end);
                    }
                    return Told::Changed;
                }
                (None, None) => self.told.notified().await,
            }
        }
    }
}

impl Listening {
    /// Waits for what is to be told next.
    pub async fn next(&mut self) -> Told {
        let rest = if self.topics.contains(&Topic::Plan) { LONG_REST } else { REST };
        let rest = self.has_told.then_some(rest);
        let group = u32::try_from(self.number % u64::from(GROUPS)).unwrap_or_default();
        let told = tokio::select! {
            biased;
            () = self.live.is_stopped() => Told::End(End::Lasted),
            () = &mut self.lasts => Told::End(End::Lasted),
            told = self.ear.next(rest, LONG_REST / GROUPS * group) => told,
        };
        if told == Told::Changed {
            self.has_told = true;
            // In this order: what comes in between is told once more rather than taken for told.
            self.position = self.live.position();
            self.ear.heard().news = None;
        }
        told
    }

    /// The position up to which whoever has been told everything so far knows: what is still to be told lies behind it, so that a
    /// stream that breaks before is told it by the next.
    #[must_use]
    pub const fn position(&self) -> Option<i64> {
        self.position
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut known = self.live.known();
        for topic in &self.topics {
            if let Some(ears) = known.ears.get_mut(topic) {
                ears.remove(&self.number);
                if ears.is_empty() {
                    known.ears.remove(topic);
                }
            }
        }
        if let Some(others) = known.of_persons.get_mut(&self.person) {
            others.retain(|(number, _)| *number != self.number);
            if others.is_empty() {
                known.of_persons.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        model::{base::ids::StaffId, people::members::StaffRole},
        server::auth::{Person, Proof},
    };

    fn session(login: i64) -> Session {
        let person = Person::Staff { id: StaffId(login), name: "Z".into(), roles: StaffRole::Dispatcher.into() };
        Session {
            id: Uuid::from_u128(u128::from(login.unsigned_abs())),
            login: LoginId(login),
            email: String::new(),
            person,
            proof: Proof::WHOLE,
        }
    }

    fn news(position: i64, newest: i64, events: &[(i64, Topic)]) -> News {
        News { position, newest, events: events.to_vec() }
    }

    /// Whether it is told something without waiting for anything to happen.
    async fn is_told(listening: &mut Listening) -> Option<Told> {
        tokio::select! {
            biased;
            told = listening.next() => Some(told),
            () = tokio::task::yield_now() => None,
        }
    }

    #[tokio::test]
    async fn a_page_is_told_of_its_own_topics_only() {
        let live = Live::default();
        live.take(news(10, 10, &[]));
        let mut other = live.open(&session(2), vec![Topic::Technician(StaffId(3))], Some(10));
        let mut desk = live.open(&session(1), vec![Topic::Desk], Some(10));
        assert!(live.take(news(12, 12, &[(11, Topic::Desk)])));
        assert!(!live.take(news(12, 12, &[(11, Topic::Desk)])), "it is news once");
        assert_eq!(desk.next().await, Told::Changed);
        assert_eq!(is_told(&mut other).await, None);
        live.take(news(13, 13, &[(12, Topic::Everything)]));
        assert_eq!(other.next().await, Told::Changed);
    }

    #[tokio::test]
    async fn whoever_comes_back_is_told_what_may_have_been_missed() {
        let live = Live::default();
        live.take(news(30, 35, &[(20, Topic::Plan), (25, Topic::Desk), (32, Topic::Desk)]));
        let is_told_since = async |since| {
            let mut listening = live.open(&session(1), vec![Topic::Desk], since);
            is_told(&mut listening).await.is_some()
        };
        assert!(!is_told_since(None).await, "a page that was made before anything was known of");
        assert!(!is_told_since(Some(33)).await);
        assert!(is_told_since(Some(32)).await);
        assert!(is_told_since(Some(30)).await, "a younger transaction than one that still runs has ended meanwhile");
        assert!(is_told_since(Some(19)).await, "what was before that is not remembered");
        assert!(is_told_since(Some(36)).await, "nobody has been there");
    }

    #[tokio::test]
    async fn what_was_not_told_before_a_stream_broke_is_told_by_the_next() {
        let live = Live::default();
        live.take(news(30, 35, &[(25, Topic::Desk)]));
        let mut broken = live.open(&session(1), vec![Topic::Desk], Some(30));
        live.take(news(40, 40, &[(36, Topic::Desk)]));
        assert_eq!(broken.position(), Some(30), "it knows no more than before");
        let again = live.open(&session(1), vec![Topic::Desk], broken.position());
        assert_eq!(again.position(), Some(30), "nor does whoever comes back with it");
        assert_eq!(broken.next().await, Told::Changed);
        assert_eq!(broken.position(), Some(40));
    }

    #[tokio::test]
    async fn what_comes_at_once_is_told_once() {
        let live = Live::default();
        live.take(news(1, 1, &[]));
        let mut desk = live.open(&session(1), vec![Topic::Desk], Some(1));
        for transaction in 1..50 {
            live.take(news(transaction + 1, transaction + 1, &[(transaction, Topic::Desk)]));
        }
        assert_eq!(desk.next().await, Told::Changed);
        assert_eq!(is_told(&mut desk).await, None);
        assert_eq!(desk.position(), Some(50));
    }

    #[tokio::test]
    async fn a_stream_ends_with_its_session_with_the_process_and_when_it_is_one_too_many() {
        let live = Live::default();
        live.take(news(1, 1, &[]));
        let mut streams: Vec<_> =
            (0..=MOST_OF_A_PERSON).map(|_| live.open(&session(1), vec![Topic::Desk], None)).collect();
        let mut other = live.open(&session(2), vec![Topic::Desk], None);
        assert_eq!(streams[0].next().await, Told::End(End::TooMany));
        assert_eq!(is_told(&mut streams[1]).await, None);
        live.take(news(2, 2, &[(1, Topic::Session(session(1).id))]));
        assert_eq!(streams[1].next().await, Told::End(End::SignedOut));
        assert_eq!(is_told(&mut other).await, None);
        live.stop();
        assert_eq!(other.next().await, Told::End(End::Lasted));
        drop((streams, other));
        assert!(live.known().ears.is_empty() && live.known().of_persons.is_empty(), "nobody is remembered who is gone");
    }
}
