//! Tokens by which programs of customers order by themselves.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{ApiTokenId, CustomerId, MemberId, ProgramId},
        },
        line::{
            api_tokens::{ApiScope, ApiScopes, ApiToken},
            catalogue::Program,
        },
    },
    server::{
        auth::tokens::{ApiSecret, TokenHash},
        db::{DbError, Tx},
    },
};

/// For how long a use of a token counts as the last one: each is written down at most so often.
const USE_COUNTS: TimeDelta = TimeDelta::minutes(1);

/// What is known of a program that shows a token.
pub struct KnownToken {
    /// Which token it is.
    pub id: ApiTokenId,
    /// For which program it is.
    pub program: Program,
    /// Whose that is.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// In whose name it acts; none where nobody is left.
    pub member: Option<MemberId>,
    /// What it is good for.
    pub scopes: ApiScopes,
}

/// The token of a secret, if it is good: its customer is one and runs the program still.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, hash: TokenHash) -> Result<Option<KnownToken>, DbError> {
    let row = sqlx::query!(
        r#"select t.id as "id: ApiTokenId", p.id as "program: ProgramId", array[p.name, p.name_en] as "name!: Bilingual",
                  c.id as "customer: CustomerId", c.name as customer_name, t.scopes as "scopes: Vec<ApiScope>",
                  member_of_token(c.id, t.member_id) as "member: MemberId"
           from api_token t
           join licence l on l.customer_id = t.customer_id and l.program_id = t.program_id
           join program p on p.id = t.program_id
           join customer c on c.id = t.customer_id and c.active
           where t.token_hash = $1 and t.revoked_at is null"#,
        hash.0.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| KnownToken {
        id: row.id,
        program: Program { id: row.program, name: row.name },
        customer: row.customer,
        customer_name: row.customer_name,
        member: row.member,
        scopes: row.scopes.into(),
    }))
}

/// Writes down that a token was shown, unless that was written less than a minute ago.
///
/// # Errors
/// When the database fails.
pub async fn note_use(tx: &mut Tx, token: &KnownToken, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into api_token_use as u (token_id, customer_id, used_at) values ($1, $2, $3)
         on conflict (token_id) do update set used_at = excluded.used_at where u.used_at <= $4",
        token.id.0,
        token.customer.0,
        now,
        now - USE_COUNTS
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The tokens of a customer, the latest first, without their secrets.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn list(tx: &mut Tx, customer: CustomerId) -> Result<Vec<ApiToken>, DbError> {
    let rows = sqlx::query!(
        r#"select t.id as "id: ApiTokenId", p.id as "program: ProgramId", array[p.name, p.name_en] as "name!: Bilingual",
                  t.prefix, t.scopes as "scopes: Vec<ApiScope>", t.vouches, t.created_at, t.revoked_at, u.used_at as "used_at?",
                  member_of_token(t.customer_id, t.member_id) is not null as "acts!"
           from api_token t join program p on p.id = t.program_id left join api_token_use u on u.token_id = t.id
           where t.customer_id = $1 order by t.created_at desc, t.id"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ApiToken {
            id: row.id,
            program: Program { id: row.program, name: row.name },
            prefix: row.prefix,
            scopes: row.scopes.into(),
            vouches: row.vouches,
            created_at: row.created_at,
            used_at: row.used_at,
            revoked_at: row.revoked_at,
            acts: row.acts,
            secret: None,
        })
        .collect())
}

/// A token to be made.
pub struct NewToken<'a> {
    /// Its identity, which the form had already.
    pub id: ApiTokenId,
    /// Whose it is.
    pub customer: CustomerId,
    /// For which program.
    pub program: ProgramId,
    /// In whose name it acts; none leaves that to whoever manages.
    pub member: Option<MemberId>,
    /// The secret, of which the hash is kept.
    pub secret: &'a ApiSecret,
    /// What it is good for.
    pub scopes: ApiScopes,
    /// Whether its program is trusted to say who sits there.
    pub vouches: bool,
}

/// Makes a token, unless it is there already.
///
/// # Errors
/// When the database fails; `twenty_tokens_of_a_customer` when there are as many as may be.
pub async fn add(tx: &mut Tx, new: &NewToken<'_>, now: DateTime<Utc>) -> Result<(), DbError> {
    let hash = new.secret.hash();
    let scopes: Vec<String> = new.scopes.iter().map(|scope| scope.code().to_owned()).collect();
    sqlx::query!(
        "insert into api_token (id, customer_id, program_id, member_id, token_hash, prefix, scopes, vouches, created_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9 where not exists (select from api_token where id = $1)
         on conflict (id) do nothing",
        new.id.0,
        new.customer.0,
        new.program.0,
        new.member.map(|member| member.0),
        hash.0.as_slice(),
        new.secret.prefix(),
        &scopes,
        new.vouches,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a token of a customer back. Whether there is such a one.
///
/// # Errors
/// When the database fails.
pub async fn revoke(tx: &mut Tx, customer: CustomerId, token: ApiTokenId, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update api_token set revoked_at = coalesce(revoked_at, greatest($3, created_at)) where id = $1 and customer_id = $2",
        token.0,
        customer.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
