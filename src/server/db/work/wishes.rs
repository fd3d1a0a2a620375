//! What people wish to be told, and what those of the vendor were told.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            ids::{LoginId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        mails::ChangedTime,
        ordering::{
            offers::Slot,
            timeline::{TimeChange, TimelineKind},
        },
        people::members::{StaffRole, StaffRoles},
        work::wishes::{Listener, Quiet, Reader, WishKind, WishKinds, Wishes},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// What somebody wishes who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWishes {
    /// Who it is.
    pub reader: Reader,
    /// The wishes; what is usual for who never said anything.
    pub wishes: Wishes,
    /// The telephone of a customer's person; empty where there is none.
    pub phone: String,
}

/// A row of wishes as a query found it, or did not.
struct WishRow {
    kinds: Option<Vec<WishKind>>,
    digest_kinds: Option<Vec<WishKind>>,
    push_kinds: Option<Vec<WishKind>>,
    sms_kinds: Option<Vec<WishKind>>,
    quiet: Option<(Natural, Natural)>,
}

impl WishRow {
    fn found(self) -> Option<Wishes> {
        Some(Wishes {
            kinds: self.kinds?.into(),
            digest_kinds: self.digest_kinds?.into(),
            push_kinds: self.push_kinds?.into(),
            sms_kinds: self.sms_kinds?.into(),
            quiet: self.quiet.map(|(from, until)| Quiet { from: from.into(), until: until.into() }),
        })
    }

    fn of(self, reader: Reader) -> Wishes {
        self.found().unwrap_or_else(|| Wishes::usual(reader))
    }
}

/// Everybody who works here and signs in, with what they wish.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn listeners(tx: &mut Tx) -> Result<Vec<Listener>, DbError> {
    let rows = sqlx::query!(
        r#"select s.id as "id: StaffId", l.id as "login: LoginId", s.roles as "roles: Vec<StaffRole>",
                  w.kinds as "kinds?: Vec<WishKind>", w.digest_kinds as "digest_kinds?: Vec<WishKind>",
                  w.push_kinds as "push_kinds?: Vec<WishKind>", w.sms_kinds as "sms_kinds?: Vec<WishKind>",
                  exists (select from push_device d where d.login_id = l.id) as "has_device!",
                  w.quiet_from::int as "from?: Natural", w.quiet_until::int as "until?: Natural"
           from staff s join login l on l.staff_id = s.id left join wish w on w.login_id = l.id
           where s.active order by s.id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let listener = rows.into_iter().map(|row| {
        let roles: StaffRoles = row.roles.into_iter().collect();
        let wish = WishRow {
            kinds: row.kinds,
            digest_kinds: row.digest_kinds,
            push_kinds: row.push_kinds,
            sms_kinds: row.sms_kinds,
            quiet: row.from.zip(row.until),
        };
        let wishes = wish.of(Reader::Staff(roles));
        Listener { id: row.id, login: row.login, roles, wishes, has_device: row.has_device }
    });
    Ok(listener.collect())
}

/// What somebody wishes; none of who is not there any more.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of(tx: &mut Tx, login: LoginId) -> Result<Option<OwnWishes>, DbError> {
    let row = sqlx::query!(
        r#"select s.roles as "roles?: Vec<StaffRole>", coalesce(m.phone, '') as "phone!",
                  w.kinds as "kinds?: Vec<WishKind>", w.digest_kinds as "digest_kinds?: Vec<WishKind>",
                  w.push_kinds as "push_kinds?: Vec<WishKind>", w.sms_kinds as "sms_kinds?: Vec<WishKind>",
                  w.quiet_from::int as "from?: Natural", w.quiet_until::int as "until?: Natural"
           from login l left join staff s on s.id = l.staff_id left join member m on m.id = l.member_id
           left join wish w on w.login_id = l.id
           where l.id = $1 and coalesce(s.active, m.active)"#,
        login.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| {
        let reader = row.roles.map_or(Reader::Member, |roles| Reader::Staff(roles.into_iter().collect()));
        let wish = WishRow {
            kinds: row.kinds,
            digest_kinds: row.digest_kinds,
            push_kinds: row.push_kinds,
            sms_kinds: row.sms_kinds,
            quiet: row.from.zip(row.until),
        };
        OwnWishes { reader, wishes: wish.of(reader), phone: row.phone }
    }))
}

/// Writes what somebody wishes.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, login: LoginId, wishes: &Wishes) -> Result<(), DbError> {
    sqlx::query!(
        "insert into wish (login_id, kinds, digest_kinds, push_kinds, sms_kinds, quiet_from, quiet_until)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (login_id) do update set kinds = $2, digest_kinds = $3, push_kinds = $4, sms_kinds = $5, quiet_from = $6,
             quiet_until = $7",
        login.0,
        &codes(wishes.kinds),
        &codes(wishes.digest_kinds),
        &codes(wishes.push_kinds),
        &codes(wishes.sms_kinds),
        wishes.quiet.map(|quiet| hour(quiet.from)),
        wishes.quiet.map(|quiet| hour(quiet.until))
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what somebody wishes who has never said anything: what a device tells is known to the database, too.
///
/// # Errors
/// When the database fails.
pub async fn save_first(tx: &mut Tx, login: LoginId, wishes: &Wishes) -> Result<(), DbError> {
    sqlx::query!(
        "insert into wish (login_id, kinds, push_kinds) values ($1, $2, $3) on conflict (login_id) do nothing",
        login.0,
        &codes(wishes.kinds),
        &codes(wishes.push_kinds)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn codes(kinds: WishKinds) -> Vec<String> {
    kinds.iter().map(|kind| kind.code().to_owned()).collect()
}

fn hour(hour: u32) -> i16 {
    i16::try_from(hour).unwrap_or(0)
}

/// Writes down that somebody is told some things; which of them they had not been told before.
///
/// # Errors
/// When the database fails.
pub async fn note_told(
    tx: &mut Tx,
    staff: StaffId,
    things: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        "insert into staff_told (staff_id, what, at) select $1, what, $3 from unnest($2::text[]) what
         on conflict (staff_id, what) do nothing returning what",
        staff.0,
        things,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Forgets what was told before an instant: it waits no more, or long since.
///
/// # Errors
/// When the database fails.
pub async fn forget_told(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from staff_told where at < $1", before).execute(&mut **tx).await?;
    Ok(())
}

/// A change of a technician's plan that a customer made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeOfPlan {
    /// Whose plan.
    pub technician: StaffId,
    /// What of: stays the same however often it is asked for.
    pub what: String,
    /// The request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// The time.
    pub slot: Slot,
    /// Whether it is theirs from now on; else it is no longer.
    pub is_theirs: bool,
}

/// What customers agreed, moved and called off from an instant on, of times that are still ahead and as it stands now: whose time
/// it is, and of a move also whose it was. What the desk did since with the same request it has told itself, and what was taken
/// over from elsewhere is nobody's news.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn changes_of_plans(
    tx: &mut Tx,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<ChangeOfPlan>, DbError> {
    Ok(sqlx::query_as!(
        ChangeOfPlan,
        r#"select distinct on (a.id) a.technician_id as "technician: StaffId", a.id || ':' || a.state as "what!",
                  r.number as "number!: RequestNumber", c.name as customer, a.during as "slot: Slot",
                  (a.state = 'confirmed') as "is_theirs!"
           from request_event e
           join service_request r on r.id = e.request_id and r.number is not null
           join customer c on c.id = r.customer_id
           join appointment a on a.request_id = e.request_id and lower(a.during) > $2
           where e.at > $1 and e.member_id is not null
             and case replace(e.kind, 'withdrawn', 'cancelled')
                 -- The time that is agreed by it, unless it has been left or given to somebody else since.
                 when 'confirmed' then r.external_key is null and a.state = 'confirmed' and lower(a.during) = e.starts_at
                 when 'moved' then a.state = 'confirmed' and lower(a.during) = e.starts_at
                     -- The time that was left for it: the last one before.
                     or a.state = 'cancelled' and a.id = (
                         select max(f.id) from appointment f join appointment n on n.request_id = f.request_id and f.id < n.id
                         where n.request_id = e.request_id and lower(n.during) = e.starts_at)
                 when 'cancelled' then a.state = 'cancelled'
                     and a.id = (select max(l.id) from appointment l where l.request_id = e.request_id)
                 else false
             end
             and not exists (
                 select from request_event d
                 where d.request_id = e.request_id and d.id > e.id and d.staff_id is not null
                   and d.kind in ('confirmed', 'moved', 'cancelled', 'reassigned', 'called_off_by_us'))
           order by a.id"#,
        since,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What became of an agreed time, for the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeForDesk {
    /// What of: stays the same however often it is asked for.
    pub event: i64,
    /// What the desk is told.
    pub told: ChangedTime,
    /// Who of us did it, if it was no customer.
    pub by: Option<StaffId>,
    /// Whose time it is or was.
    pub technicians: Vec<StaffId>,
}

/// The latest thing that customers did with each agreed time from an instant on, of times that are still ahead; and what urgent a
/// colleague agreed for one of them. What the desk did since with the same request it has seen, and what was taken over from
/// elsewhere is nobody's news.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn changes_for_desk(
    tx: &mut Tx,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<ChangeForDesk>, DbError> {
    let rows = sqlx::query!(
        r#"select distinct on (e.request_id) e.id, e.kind as "kind: TimelineKind", e.staff_id as "by?: StaffId",
                  r.number as "number!: RequestNumber", r.urgency as "urgency!: Urgency", c.name as customer,
                  a.during as "slot!: Slot",
                  array(select distinct x.technician_id from appointment x where x.request_id = r.id)
                      as "technicians!: Vec<StaffId>"
           from request_event e
           join service_request r on r.id = e.request_id and r.number is not null
           join customer c on c.id = r.customer_id
           join lateral (select during from appointment where request_id = r.id and state <> 'held'
                         order by id desc limit 1) a on lower(a.during) > $2
           where e.at > $1
             and case replace(e.kind, 'withdrawn', 'cancelled')
                 when 'confirmed' then r.urgency = 'urgent' and r.external_key is null
                 when 'moved' then e.member_id is not null
                 when 'cancelled' then e.member_id is not null
                 else false
             end
             and not exists (
                 select from request_event d
                 where d.request_id = e.request_id and d.id > e.id and d.staff_id is not null
                   and d.kind in ('confirmed', 'moved', 'cancelled', 'reassigned', 'called_off_by_us'))
           order by e.request_id, e.id desc"#,
        since,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut changes: Vec<_> = rows
        .into_iter()
        .filter_map(|row| {
            let change = TimeChange::of(row.kind)?;
            let told = ChangedTime {
                number: row.number,
                change,
                urgency: row.urgency,
                customer: row.customer,
                slot: row.slot,
            };
            Some(ChangeForDesk { event: row.id, told, by: row.by, technicians: row.technicians })
        })
        .collect();
    changes.sort_by_key(|change| change.event);
    Ok(changes)
}
