//! What stands at home beside the requests, in one statement.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    conversations::{UNREAD, news_since},
    requests::sees_all,
};
use crate::{
    model::{
        base::{bilingual::Bilingual, ids::ProgramId, numbers::RequestNumber},
        line::licences::Computer,
        money::pages::{HomePage, Readiness, UnfinishedDrafts, UnpaidPurchase},
        work::remote_sessions::SessionLink,
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural},
    },
};

/// How many purchases that are to be paid are told of; the shop lists all.
const UNPAID: i64 = 3;

/// What a member left unfinished and has not read, what is to be paid, and what to have ready for a request.
///
/// * `next` – the request at whose time somebody connects
/// * `sees_billing` – whether what is to be paid is the member's to see
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn beside(
    tx: &mut Tx,
    member: &Member,
    next: Option<RequestNumber>,
    sees_billing: bool,
    now: DateTime<Utc>,
) -> Result<HomePage, DbError> {
    let row = sqlx::query!(
        r#"select (select count(*) from service_request where customer_id = $1 and member_id = $2 and state = 'draft')
                      as "drafts!: Natural",
                  case when p.id is not null then array[p.name, p.name_en] end as "draft_program?: Bilingual",
                  case when w.id is not null then array[w.name, w.name_en] end as "draft_work?: Bilingual",
                  session_link(n.id, $9) as session, n.program_id as "program?: ProgramId", n.contact_name as "contact_name?", n.contact_phone as "contact_phone?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'teamviewer_id', c.teamviewer_id,
                                                                'programs', '[]'::jsonb) order by c.name, c.id), '[]')
                   from computer c
                   where n.id is not null and c.customer_id = $1
                     and (exists (select from computer_program x where x.computer_id = c.id and x.program_id = n.program_id)
                          or not exists (select from computer_program x
                                         where x.customer_id = $1 and x.program_id = n.program_id)))
                      as "computers!: Json<Vec<Computer>>",
                  (select coalesce(jsonb_agg(u.told), '[]')
                   from (select jsonb_build_object('number', number, 'minutes', minutes, 'total', total) as told
                         from purchase where customer_id = $1 and $4 and paid_at is null and closed_as is null
                         order by created_at, number limit $5) u) as "unpaid!: Json<Vec<UnpaidPurchase>>",
                  array(select unread_requests($1, $2, $6, $7, $8)) as "unread!: Vec<RequestNumber>"
           from (select) always
           left join lateral (
               select program_id, work_type_id from service_request
               where customer_id = $1 and member_id = $2 and state = 'draft' order by created_at desc limit 1) d on true
           left join program p on p.id = d.program_id
           left join work_type w on w.id = d.work_type_id
           left join service_request n on n.customer_id = $1 and n.number = $3"#,
        member.customer().0,
        member.id().0,
        next.map(|number| number.to_string()),
        sees_billing,
        UNPAID,
        sees_all(member),
        news_since(now),
        UNREAD,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(HomePage {
        ready: row.contact_name.zip(row.contact_phone).zip(row.program).map(
            |((contact_name, contact_phone), program)| Readiness {
                program,
                contact_name,
                contact_phone,
                computers: row.computers.0,
                session: row.session.as_deref().and_then(SessionLink::parse),
            },
        ),
        drafts: row.draft_program.map(|program| UnfinishedDrafts {
            count: row.drafts.into(),
            program,
            work_type: row.draft_work,
        }),
        unpaid: row.unpaid.0,
        unread: row.unread,
        ..HomePage::default()
    })
}
