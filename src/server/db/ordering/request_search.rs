//! What can be chosen of a filter of requests. The filter itself is a function (`migrations/0099`).

use sqlx::types::Json;

use super::requests::sees_all;
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, MemberId, ProgramId},
        },
        ordering::request_search::FilterChoices,
    },
    server::{
        auth::Member,
        db::{DbError, Tx},
    },
};

/// The people and programs of the member's customer, the year of the first request, and who was merged into it.
///
/// # Errors
/// When the database fails.
pub async fn choices(tx: &mut Tx, member: &Member) -> Result<FilterChoices, DbError> {
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(jsonb_build_array(m.id, m.name) order by m.name, m.id), '[]')
                   from member m
                   where m.customer_id = $1 and (m.id = $2 or $3))
                      as "people!: Json<Vec<(MemberId, String)>>",
                  (select coalesce(jsonb_agg(jsonb_build_array(p.id, jsonb_build_object('cs', p.name, 'en', p.name_en))
                                             order by p.name, p.id), '[]')
                   from program p join licence l on l.program_id = p.id
                   where l.customer_id = $1) as "programs!: Json<Vec<(ProgramId, Bilingual)>>",
                  (select left(r.number, 4)::int from service_request r
                   where r.customer_id = $1 and r.number is not null order by r.number limit 1) as first_year,
                  (select coalesce(jsonb_agg(jsonb_build_array(f.id, f.name) order by f.name, f.id), '[]')
                   from former_customers($2, $3) f) as "former!: Json<Vec<(CustomerId, String)>>""#,
        member.customer().0,
        member.id().0,
        sees_all(member)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(FilterChoices {
        people: row.people.0,
        programs: row.programs.0,
        first_year: row.first_year,
        former: row.former.0,
    })
}
