//! What contracts said: a version for each time that somebody wrote one down.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{ContractId, CustomerId, StaffId},
        minutes::contracts::{ContractTerms, versions::ContractVersion},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// What each contract said, its latest version first; nothing of those without a version.
///
/// # Errors
/// When the database fails or holds terms that cannot be read.
pub async fn of(tx: &mut Tx, contracts: &[ContractId]) -> Result<HashMap<ContractId, Vec<ContractVersion>>, DbError> {
    let rows = sqlx::query!(
        r#"select v.contract_id as "contract: ContractId", v.version as "version: Natural", v.at, s.name as "by?", v.reason,
                  v.terms as "terms: Json<ContractTerms>", v.withdrawn
           from contract_version v left join staff s on s.id = v.staff_id
           where v.contract_id = any($1) order by v.version desc"#,
        &contracts.iter().map(|id| id.0).collect::<Vec<_>>()
    );
    let mut versions: HashMap<ContractId, Vec<ContractVersion>> = HashMap::new();
    for row in rows.fetch_all(&mut **tx).await? {
        versions.entry(row.contract).or_default().push(ContractVersion {
            version: row.version.into(),
            at: row.at,
            by: row.by,
            reason: row.reason,
            terms: row.terms.0,
            withdrawn: row.withdrawn,
        });
    }
    Ok(versions)
}

/// A version of a contract to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// Of which contract.
    pub contract: ContractId,
    /// Which one was read by whoever writes this one; 0 before the first.
    pub after: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffId,
    /// Why.
    pub reason: &'a str,
    /// The idempotency key of the form.
    pub key: Uuid,
    /// From which day the amendment is that it takes back.
    pub withdrawn: Option<NaiveDate>,
}

/// Writes down what a contract says, now or from a day on.
///
/// # Errors
/// When the database fails, or somebody has written the version after that one already (`one_version_after_another`).
pub async fn add(tx: &mut Tx, version: &NewVersion<'_>, terms: &ContractTerms) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contract_version (contract_id, version, customer_id, at, staff_id, reason, terms, key, withdrawn)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        version.contract.0,
        integer(version.after.saturating_add(1))?,
        version.customer.0,
        version.at,
        version.by.0,
        version.reason,
        serde_json::to_value(terms).map_err(|error| sqlx::Error::Encode(error.into()))?,
        version.key,
        version.withdrawn
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a form has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenVersion {
    /// Whose.
    pub customer: CustomerId,
    /// Of which contract.
    pub contract: ContractId,
    /// Why.
    pub reason: String,
    /// What the contract says by it.
    pub terms: ContractTerms,
    /// From which day the amendment was that it took back.
    pub withdrawn: Option<NaiveDate>,
}

/// What the form with this key has written, if it has.
///
/// # Errors
/// When the database fails or holds terms that cannot be read.
pub async fn written(tx: &mut Tx, key: Uuid) -> Result<Option<WrittenVersion>, DbError> {
    let row = sqlx::query!(
        r#"select customer_id as "customer: CustomerId", contract_id as "contract: ContractId", reason,
                  terms as "terms: Json<ContractTerms>", withdrawn
           from contract_version where key = $1"#,
        key
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| WrittenVersion {
        customer: row.customer,
        contract: row.contract,
        reason: row.reason,
        terms: row.terms.0,
        withdrawn: row.withdrawn,
    }))
}

/// The number of the latest version of each contract that has one.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, contracts: &[ContractId]) -> Result<HashMap<ContractId, u32>, DbError> {
    let rows = sqlx::query!(
        r#"select contract_id as "contract: ContractId", max(version) as "version!: Natural"
           from contract_version where contract_id = any($1) group by contract_id"#,
        &contracts.iter().map(|id| id.0).collect::<Vec<_>>()
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.contract, row.version.into())).collect())
}
