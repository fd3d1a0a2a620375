//! What must always hold. Each is asked of the database after each day in as few statements as will do, and by other ways than the
//! use cases have: what those believe of themselves proves nothing.

mod pages;

use chrono::{Datelike, NaiveDate};
use sqlx::AssertSqlSafe;

use super::world::{Fault, World};
use crate::{
    model::base::ids::CustomerId,
    server::{app::App, service::work::standings},
};

/// Statements of which each row is a fault. `$1` is the present instant.
const NOTHING_OF: &[&str] = &[
    // Nobody is in two places at once.
    "select format('technician %s has the appointments %s and %s at once', a.technician_id, a.id, b.id)
     from appointment a join appointment b
         on a.id < b.id and a.technician_id = b.technician_id and a.during && b.during
     where a.state in ('held', 'confirmed', 'running') and b.state in ('held', 'confirmed', 'running')",
    "select format('technician %s works on %s and %s at once', a.technician_id, a.id, b.id)
     from time_segment a join time_segment b
         on a.id < b.id and a.technician_id = b.technician_id
        and tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)",
    // Nobody is offered, and agrees, a time at which they do not work.
    "select format('appointment %s is beyond the plan of technician %s', a.id, a.technician_id)
     from appointment a
     where a.state in ('confirmed', 'running') and lower(a.during) > $1
       and not exists (
           select from working_plan p
           where p.technician_id = a.technician_id
             and p.weekday = extract(isodow from lower(a.during) at time zone 'Europe/Prague')
             and p.starts <= (lower(a.during) at time zone 'Europe/Prague')::time)",
    // A request and its appointments agree about where it stands.
    "select format('request %s is %s, and has %s agreed times', r.number, r.state, count(a.id))
     from service_request r left join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
     where r.number is not null
     group by r.id
     having count(a.id) <> case when r.state in ('scheduled', 'in_progress') then 1 else 0 end
        and not (r.state = 'in_progress' and count(a.id) = 0)",
    // The account of minutes.
    "select 'customer ' || customer_id || ': ' || fault from ledger_faults()",
    // A receipt says what the clock says.
    "select format('intervention %s: %s minutes billed, %s seconds worked', i.id, r.billed_minutes, s.seconds)
     from intervention i
     join lateral (select * from receipt r where r.intervention_id = i.id order by version desc limit 1) r on true
     cross join lateral (
         select coalesce(sum(extract(epoch from s.ended_at - s.started_at)), 0) as seconds
         from time_segment s
         where s.intervention_id = i.id and s.kind in ('preparation', 'communication', 'work')) s
     where i.state = 'closed'
       and r.billed_minutes <> case when s.seconds = 0 then r.billed_minutes
                                    else greatest(ceil(s.seconds / 60), i.minimum_minutes) end",
    // Numbers of documents follow one another.
    "select format('series %s of %s: %s documents up to %s, the series says %s',
                   d.kind, d.year, count(*), max(d.serial), max(s.last))
     from tax_document d join document_series s using (kind, year)
     group by d.kind, d.year
     having count(*) <> max(d.serial) or min(d.serial) <> 1 or max(s.last) <> max(d.serial)",
    // Money that came for a purchase, its documents and its minutes are of one mind.
    "select format('purchase %s: %s minutes were bought, and %s credited by %s grants', p.number, p.minutes,
                   coalesce(sum(g.minutes), 0), count(g.id))
     from purchase p left join minute_grant g on g.kind = 'bundle' and g.source = 'order:' || p.id
     where p.paid_at is not null
     group by p.id having count(g.id) <> 1 or sum(g.minutes) <> p.minutes",
    "select format('purchase %s: paid %s by transfer, documents of payments say %s', p.number, b.paid, d.said)
     from purchase p
     cross join lateral (
         select coalesce(sum(b.amount), 0) - coalesce(sum(e.amount), 0) as paid
         from bank_payment b join tax_document d on d.id = b.document_id
         left join balance_entry e on e.payment_id = b.id and e.kind = 'kept'
         where d.purchase_id = p.id and b.state = 'matched') b
     cross join lateral (
         select coalesce(sum(d.total), 0) as said from tax_document d
         where d.purchase_id = p.id and d.kind = 'payment') d
     where p.method = 'transfer' and not p.at_once and b.paid <> d.said",
    "select format('payment %s pays %s and %s', min(b.reference), min(b.document_id), max(b.document_id))
     from bank_payment b where b.state = 'matched'
     group by b.statement_id, b.reference having count(*) > 1",
    // What was worked beyond the grants is invoiced once.
    "select format('entry %s stands on %s documents', e.entry_id, count(*))
     from invoiced_entry e group by e.entry_id having count(*) > 1",
    // A document adds up.
    "select format('document %s: %s and %s are not %s', number, base, tax, total) from tax_document where base + tax <> total",
    // Mails: each once, and all of them by the evening.
    "select format('mails %s and %s say the same to %s', min(id), max(id), to_address)
     from mail group by to_address, content, created_at having count(*) > 1",
    "select format('mail %s is %s in the evening: %s', id, state, last_error) from mail where state in ('queued', 'failed')",
    "select format('mail %s about %s left before %s, which is older', b.id, b.about, a.id)
     from mail a join mail b on a.to_address = b.to_address and a.about = b.about and a.created_at < b.created_at
     where a.sent_at > b.sent_at and a.kind in ('confirmed', 'moved', 'cancelled') and b.kind in ('confirmed', 'moved', 'cancelled')",
    // Jobs are done.
    "select format('job %s %s: %s after %s tries', task_identifier, key, last_error, attempts)
     from graphile_worker.jobs where attempts > 0",
    // What is open is in the queue, or has its time ahead or under way.
    "select format('request %s is %s, and nobody sees it', r.number, r.state)
     from service_request r
     where r.state in ('waiting', 'scheduled', 'in_progress')
       and not exists (select from desk_standing s where s.request_id = r.id and s.lane is not null)
       and not exists (
           select from appointment a
           where a.request_id = r.id
             and (a.state = 'running' or a.state = 'confirmed' and lower(a.during) > $1 - interval '5 minutes'))",
];

/// In how many days every customer's wall is tried.
const TRIED_EACH: i32 = 4;

/// What is asked of every database alike.
pub(super) struct Invariants {
    /// How many rows a customer's people see that are not the customer's, of each table.
    walls: String,
    customers: Vec<CustomerId>,
}

impl Invariants {
    pub async fn of(app: &App) -> anyhow::Result<Self> {
        let tables: Vec<String> = sqlx::query_scalar(
            "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id'
             where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
               and has_column_privilege('linka_member', c.oid, a.attnum, 'select') order by 1",
        )
        .fetch_all(app.db.pool())
        .await?;
        let foreign = tables.iter().map(|table| {
            format!("select '{table}' as seen, count(*) as rows from {table} where customer_id is distinct from $1")
        });
        let foreign: Vec<_> = foreign.collect();
        let walls = format!(
            "select 'a member of customer ' || $1 || ' sees ' || rows || ' rows of others in ' || seen from ({}) s where rows > 0",
            foreign.join(" union all ")
        );
        let customers = sqlx::query_scalar("select id from customer order by id").fetch_all(app.db.pool()).await?;
        Ok(Self { walls, customers: customers.into_iter().map(CustomerId).collect() })
    }

    /// What does not hold on the evening of a day.
    pub async fn broken(&self, world: &mut World, day: NaiveDate) -> Result<Vec<String>, Fault> {
        let now = world.now();
        let mut faults: Vec<String> = Vec::new();
        for nothing in NOTHING_OF {
            let asked = sqlx::query_scalar::<_, String>(*nothing);
            let asked = if nothing.contains("$1") { asked.bind(now) } else { asked };
            faults.extend(asked.fetch_all(world.app.db.pool()).await?);
        }
        faults.extend(self.seen_through_walls(&world.app, day).await?);
        faults.extend(taken_otherwise(world).await?);
        faults.extend(pages::disagreeing(world, day).await?);
        Ok(faults)
    }

    /// Of some customers, whose turn it is: each has it within some days.
    async fn seen_through_walls(&self, app: &App, day: NaiveDate) -> Result<Vec<String>, Fault> {
        let mut seen = Vec::new();
        let turn = |(place, _): &(i32, &CustomerId)| (place + day.num_days_from_ce()) % TRIED_EACH == 0;
        for (_, customer) in (0..).zip(&self.customers).filter(turn) {
            let mut tx = app.db.member(*customer).await?;
            let asked = sqlx::query_scalar::<_, String>(AssertSqlSafe(self.walls.as_str())).bind(customer.0);
            seen.extend(asked.fetch_all(&mut *tx).await?);
        }
        Ok(seen)
    }
}

/// Fails where a request stands elsewhere in the queue than where the model would place it.
pub(super) async fn kept_elsewhere(app: &App) -> Result<(), Fault> {
    // Not when it may move next: that is known of an appointment beside it only while a clock runs.
    const KEPT: &str = "
        select row(request_id, lane, due_at, is_normal, since_at, year, serial, outage_id, claimed_by, rests_until)::text
        from desk_standing order by request_id";
    standings::renew(app).await?;
    let kept: Vec<String> = sqlx::query_scalar(KEPT).fetch_all(app.db.pool()).await?;
    standings::renew_all(app).await?;
    let placed: Vec<String> = sqlx::query_scalar(KEPT).fetch_all(app.db.pool()).await?;
    if kept == placed { Ok(()) } else { Err(Fault(format!("not kept in the queue: {kept:?}, which is {placed:?}"))) }
}

/// Mails that the mail server has taken otherwise than once.
async fn taken_otherwise(world: &World) -> Result<Vec<String>, Fault> {
    let taken = world.outside.post.taken();
    Ok(sqlx::query_scalar(
        "select format('mail %s is %s, and the mail server has taken it %s times', m.id, m.state, count(t.id))
         from mail m left join unnest($1::text[]) t (id) on t.id like '<' || m.message_id || '@%'
         group by m.id having count(t.id) <> (m.state = 'sent')::integer",
    )
    .bind(taken)
    .fetch_all(world.app.db.pool())
    .await?)
}
