//! Which rows an export writes, by their keys: all, or what is one customer's, and of the vendor only what that names.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{calendar::to_local, ids::CustomerId},
        ordering::imports::ImportKind,
    },
    server::db::{DbError, Tx},
};

/// The keys of all rows of a table, or of those that are one customer's.
///
/// # Errors
/// When the database fails.
pub async fn keys(
    tx: &mut Tx,
    kind: ImportKind,
    customer: Option<CustomerId>,
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbError> {
    let customer = customer.map(|id| id.0);
    match kind {
        ImportKind::Regions
        | ImportKind::Tiers
        | ImportKind::Skills
        | ImportKind::Programs
        | ImportKind::WorkTypes
        | ImportKind::Technicians => of_vendor(tx, kind, customer).await,
        // Of the vendor's own nothing goes with one customer.
        _ if customer.is_some() && is_vendors_own(kind) => Ok(Vec::new()),
        ImportKind::ProgramVersions | ImportKind::Plans | ImportKind::Absences | ImportKind::Closures => {
            of_planning(tx, kind).await
        }
        ImportKind::Series | ImportKind::Prices | ImportKind::Bundles => {
            of_opening(tx, kind, to_local(now).date()).await
        }
        ImportKind::Customers
        | ImportKind::People
        | ImportKind::Contacts
        | ImportKind::Licences
        | ImportKind::Computers
        | ImportKind::ComputerPrograms
        | ImportKind::Standings => of_customers(tx, kind, customer).await,
        ImportKind::Contracts | ImportKind::ContractFiles | ImportKind::Appointments => {
            of_terms(tx, kind, customer, now).await
        }
        // What is left is no row that was once taken over: see `balances` and `invoices`.
        ImportKind::Balances | ImportKind::Invoices => Ok(Vec::new()),
    }
}

/// Whether a table is about no customer, and named by none.
const fn is_vendors_own(kind: ImportKind) -> bool {
    matches!(
        kind,
        ImportKind::ProgramVersions
            | ImportKind::Plans
            | ImportKind::Absences
            | ImportKind::Closures
            | ImportKind::Series
            | ImportKind::Prices
            | ImportKind::Bundles
    )
}

/// What the vendor has; for one customer what its licences, contracts and agreed times name.
async fn of_vendor(tx: &mut Tx, kind: ImportKind, customer: Option<i64>) -> Result<Vec<String>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, customer).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Regions => of!("select name from line_region r
             where $1::bigint is null or exists (select from customer where id = $1 and region = r.name)"),
        ImportKind::Tiers => of!("select code from response_tier t
             where $1::bigint is null or exists (select from contract where customer_id = $1 and tier = t.code)
                or exists (select from contract_amendment where customer_id = $1 and tier = t.code)"),
        ImportKind::Skills => of!("select code from skill s
             where $1::bigint is null
                or exists (select from service_request r join work_type w on w.id = r.work_type_id
                           where r.customer_id = $1 and r.state = 'scheduled' and w.skill = s.code)
                or exists (select from appointment a join technician_skill t on t.technician_id = a.technician_id
                           where a.customer_id = $1 and a.state = 'confirmed' and t.skill = s.code)"),
        ImportKind::Programs => of!(r#"select external_key as "key!" from program p
               where $1::bigint is null or exists (select from licence where customer_id = $1 and program_id = p.id)
                  or exists (select from service_request
                             where customer_id = $1 and state = 'scheduled' and program_id = p.id)"#),
        ImportKind::WorkTypes => of!(r#"select external_key as "key!" from work_type w
               where $1::bigint is null
                  or exists (select from service_request
                             where customer_id = $1 and state = 'scheduled' and work_type_id = w.id)"#),
        _ => of!(r#"select external_key as "key!" from staff s
               where 'technician' = any (roles)
                 and ($1::bigint is null or exists (
                     select from appointment where customer_id = $1 and state = 'confirmed' and technician_id = s.id))"#),
    })
}

/// Versions, closures, and when technicians work: the spans of days on which each of them has one week, or none, from ever until for ever.
async fn of_planning(tx: &mut Tx, kind: ImportKind) -> Result<Vec<String>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::ProgramVersions => of!(r#"select p.external_key || chr(10) || v.name as "key!"
               from program_version v join program p on p.id = v.program_id"#),
        ImportKind::Plans => of!(r#"with edge (technician_id, day) as (
                   select technician_id, lower(valid) from working_plan where not lower_inf(valid)
                   union
                   select technician_id, upper(valid) from working_plan where not upper_inf(valid)
                   union
                   select id, null from staff)
               select s.external_key || chr(10) || coalesce(to_char(e.day, 'YYYY-MM-DD'), '') || chr(10)
                   || coalesce(to_char(lead(e.day) over (partition by s.id order by e.day nulls first) - 1, 'YYYY-MM-DD'), '')
                   as "key!"
               from edge e join staff s on s.id = e.technician_id where 'technician' = any (s.roles)"#),
        ImportKind::Absences => of!(r#"select s.external_key || chr(10) || e.kind || chr(10)
                   || to_char(lower(e.during) at time zone 'Europe/Prague', 'YYYY-MM-DD HH24:MI') || chr(10)
                   || to_char(upper(e.during) at time zone 'Europe/Prague', 'YYYY-MM-DD HH24:MI') as "key!"
               from plan_exception e join staff s on s.id = e.technician_id where 'technician' = any (s.roles)"#),
        _ => of!(r#"select to_char(date, 'YYYY-MM-DD') as "key!" from closure"#),
    })
}

/// What a vendor goes on from on a day: series, the prices of today and of each day on which
/// they are planned to change, bundles.
async fn of_opening(tx: &mut Tx, kind: ImportKind, today: NaiveDate) -> Result<Vec<String>, DbError> {
    Ok(match kind {
        ImportKind::Series => {
            sqlx::query_scalar!(r#"select series || chr(10) || year as "key!" from number_series"#)
                .fetch_all(&mut **tx)
                .await?
        }
        ImportKind::Prices => {
            sqlx::query_scalar!(
                r#"select $1::date::text as "key!"
                   union
                   select ((valid_from at time zone 'Europe/Prague')::date)::text from line_setting_change
                   where withdrawn_at is null and (valid_from at time zone 'Europe/Prague')::date > $1
                     and num_nonnulls(list_rate_per_minute, minimum_with_contract, minimum_one_off) > 0"#,
                today
            )
            .fetch_all(&mut **tx)
            .await?
        }
        ImportKind::Bundles => sqlx::query_scalar!(
            r#"select external_key || chr(10) || lower(on_sale) as "key!" from bundle where external_key is not null"#
        )
        .fetch_all(&mut **tx)
        .await?,
        _ => Vec::new(),
    })
}

/// Customers, and what is kept of them.
async fn of_customers(tx: &mut Tx, kind: ImportKind, customer: Option<i64>) -> Result<Vec<String>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, customer).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Customers => {
            of!(r#"select external_key as "key!" from customer where $1::bigint is null or id = $1"#)
        }
        ImportKind::People => {
            of!(r#"select external_key as "key!" from member where $1::bigint is null or customer_id = $1"#)
        }
        ImportKind::Contacts => of!(r#"select c.external_key || chr(10) || t.value as "key!"
               from customer_contact t join customer c on c.id = t.customer_id
               where $1::bigint is null or t.customer_id = $1"#),
        ImportKind::Licences => of!(r#"select c.external_key || chr(10) || p.external_key as "key!"
               from licence l join customer c on c.id = l.customer_id join program p on p.id = l.program_id
               where $1::bigint is null or l.customer_id = $1"#),
        ImportKind::Computers => of!(r#"select c.external_key || chr(10) || t.teamviewer_id as "key!"
               from computer t join customer c on c.id = t.customer_id
               where $1::bigint is null or t.customer_id = $1"#),
        ImportKind::ComputerPrograms => {
            of!(r#"select c.external_key || chr(10) || t.teamviewer_id || chr(10) || p.external_key as "key!"
               from computer_program x join computer t on t.id = x.computer_id
               join customer c on c.id = x.customer_id join program p on p.id = x.program_id
               where $1::bigint is null or x.customer_id = $1"#)
        }
        // Who may order as usual needs no word.
        _ => of!(r#"select external_key as "key!" from customer
               where ($1::bigint is null or id = $1) and (not active or blocked_at is not null)"#),
    })
}

/// Contracts by what they say from which day on, what was signed of them, and what is agreed and to come.
async fn of_terms(
    tx: &mut Tx,
    kind: ImportKind,
    customer: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbError> {
    macro_rules! of {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query_scalar!($query, customer $(, $more)*).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Contracts => {
            // What has moved to another customer is exported as that one's.
            of!(r#"select external_key || chr(10) as "key!" from contract
               where not moved and not called_off and ($1::bigint is null or customer_id = $1)
               union all
               select k.external_key || chr(10) || to_char(a.from_day, 'YYYY-MM-DD')
               from contract_amendment a join contract k on k.id = a.contract_id
               where a.from_day >= lower(k.valid) and not k.moved and not k.called_off
                 and ($1::bigint is null or a.customer_id = $1)"#)
        }
        ImportKind::ContractFiles => of!(r#"select k.external_key || chr(10) || encode(f.sha256, 'hex') as "key!"
               from contract_file f join contract k on k.id = f.contract_id
               where not k.moved and not k.called_off and ($1::bigint is null or f.customer_id = $1)"#),
        _ => of!(
            r#"select r.external_key as "key!" from service_request r
               where r.state = 'scheduled' and r.external_key is not null and ($1::bigint is null or r.customer_id = $1)
                 and exists (select from appointment
                             where request_id = r.id and state = 'confirmed' and lower(during) > $2)"#,
            now
        ),
    })
}
